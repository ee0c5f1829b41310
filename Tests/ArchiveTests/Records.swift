import Archive

/// All records of a CSV text.
func records(_ text: [UInt8]) -> [CSVDecoder.Record] {
    var decoder = CSVDecoder(text)
    var records: [CSVDecoder.Record] = []
    while let record = decoder.next() { records.append(record) }
    return records
}
