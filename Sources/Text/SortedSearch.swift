extension Range<Int> {
    /// The first place from which on all are behind what is looked for, of places whose order agrees with that; the
    /// range's end if none is.
    public func firstPlace(where isBehind: (Int) -> Bool) -> Int {
        var (low, high) = (lowerBound, upperBound)
        while low < high {
            let middle = low + (high - low) / 2
            if isBehind(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
