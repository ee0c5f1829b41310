/// Renders one page: its view in its template, and that in the layout.
struct PageWriter {
    let site: Site
    let library: TemplateLibrary
    let assets: SiteAssets

    func page(_ place: Place, _ view: (Linker) -> any PageView) -> [UInt8] {
        let linker = Linker(depth: place.segments.count)
        return page(view(linker), at: place, linker)
    }

    /// It is shown at any address, so its links do not depend on where it is.
    var missingPage: [UInt8] {
        let linker = Linker(pathOf: site.settings.url)
        return page(MissingView(linker), at: nil, linker)
    }

    private func page(_ view: some PageView, at place: Place?, _ linker: Linker) -> [UInt8] {
        let layout = LayoutView(
            view, at: place, body: Markup(library.render(view)), site: site, assets: assets,
            linker: linker)
        return library.render(layout)
    }
}
