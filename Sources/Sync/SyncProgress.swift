/// How far a publish has come.
public enum SyncProgress: Sendable {
    /// Nothing is changed yet.
    case planned(Plan)
    /// One more action is done; so many bytes went over the line for it.
    case done(Action, byteCount: Int)
}
