/// A page, and what a link to it says.
struct PlaceView: View {
    let label: String
    let link: Link

    init(_ place: Place, _ linker: Linker) {
        (label, link) = (place.label, linker.to(place))
    }
}
