/// What takes in the events of a stream, in order.
protocol EventSink {
    mutating func record(_ event: consuming StreamEvent)
}
