extension Array {
    /// The first index from which on all elements belong to the second part, in an array whose
    /// elements of the first part all come first; the count if there is no such element.
    func partitioningIndex(where belongsToSecond: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if belongsToSecond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
