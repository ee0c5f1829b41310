import Archive

extension CivilDate {
    /// Of the month that this day is in, as are the others.
    var firstOfMonth: CivilDate { advanced(by: 1 - day) }

    var lastOfMonth: CivilDate { advanced(by: Self.days(inMonth: month, of: year) - day) }

    var daysOfMonth: [CivilDate] {
        (firstOfMonth.daysSinceEpoch...lastOfMonth.daysSinceEpoch)
            .map(CivilDate.init(daysSinceEpoch:))
    }
}
