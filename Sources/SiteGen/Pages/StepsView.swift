/// The pages of the same kind before and behind one.
struct StepsView: View {
    let earlier: PlaceView?
    let later: PlaceView?

    /// Nil if it is the only one.
    init?(_ earlier: Place?, _ later: Place?, _ linker: Linker) {
        guard earlier != nil || later != nil else { return nil }
        self.earlier = earlier.map { PlaceView($0, linker) }
        self.later = later.map { PlaceView($0, linker) }
    }
}
