/// A page before or behind the one shown.
struct StepView: View {
    let label: String
    let link: Link
}
