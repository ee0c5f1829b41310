/// The model of a template: stored, already formatted properties, in the order of which the template
/// is compiled.
///
/// Its synthesised coding is used for nothing else: `ViewShape` finds the keys and kinds by decoding,
/// `ViewEncoder` the values by encoding.
protocol View: Codable, Sendable {}
