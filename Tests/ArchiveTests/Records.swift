import Archive

/// All records of a CSV text.
func records(_ text: [UInt8]) -> [CSVRecord] {
    var decoder = CSVDecoder(text)
    var records: [CSVRecord] = []
    while let record = decoder.next() { records.append(record) }
    return records
}
