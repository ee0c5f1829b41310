import Files

/// The templates of a folder, compiled for every view they are shown with.
///
/// The language is Mustache's: variables, sections, inverted sections, comments and partials. It is
/// compiled against the views once, so that a key, a partial or a kind that does not exist is an error
/// before anything is rendered, and rendering looks nothing up by name.
struct TemplateLibrary: Sendable {
    /// Names and texts of all templates, one after the other.
    let source: [UInt8]
    private let programs: [String: TemplateProgram]

    /// `views` are all that will be rendered.
    init(folder: String, shows views: [any TemplateView.Type]) throws(SiteError) {
        var texts: [String: [UInt8]] = [:]
        try SiteError.onDisk { () throws(FileError) in
            for file in try Folder.entries(of: folder) ?? [] where file.name.hasSuffix(Self.ending)
            {
                texts[String(file.name.dropLast(Self.ending.count))] =
                    try WholeFile.read(folder + "/" + file.name)
            }
        }
        var compiler = TemplateCompiler(templates: texts) { "\(folder)/\($0)\(Self.ending)" }
        var programs: [String: TemplateProgram] = [:]
        for view in views {
            do {
                programs[view.template] =
                    compiler.compile(view.template, shows: try ViewShape(of: view))
            } catch {
                throw .templates([
                    TemplateFault(file: view.template, line: 1, reason: "\(view): \(error)")
                ])
            }
        }
        guard compiler.faults.isEmpty else { throw .templates(compiler.faults) }
        self.programs = programs
        source = texts.sorted { $0.key < $1.key }.flatMap { name, text in
            Array("\(name) \(text.count) ".utf8) + text
        }
    }

    /// The view's template with its values in it, in UTF-8.
    func render<Model: TemplateView>(_ view: Model) -> [UInt8] {
        guard let program = programs[Model.template], let values = try? ViewTree(view)
        else { preconditionFailure("\(Model.self) is not among the views") }
        return TemplateRun(program, of: values).bytes
    }

    private static let ending = ".mustache"
}
