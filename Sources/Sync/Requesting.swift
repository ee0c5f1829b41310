import AWS

/// The body, its errors as those of the store.
func requesting<Value>(
    _ body: () async throws(AWSError) -> Value
) async throws(SyncError) -> Value {
    do throws(AWSError) {
        return try await body()
    } catch {
        throw .store(error)
    }
}

/// The body, its errors as those of the store.
func storing<Value>(_ body: () throws(AWSError) -> Value) throws(SyncError) -> Value {
    do throws(AWSError) {
        return try body()
    } catch {
        throw .store(error)
    }
}
