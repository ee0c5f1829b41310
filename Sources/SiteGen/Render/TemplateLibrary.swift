import Mustache

/// The templates of a folder, audited against every view they are shown with.
struct TemplateLibrary: Sendable {
    private let library: MustacheLibrary

    /// `views` are all that will be rendered.
    init(folder: String, shows views: [any TemplateView.Type]) throws(SiteError) {
        ScalarContentType.register()
        var texts: [String: [UInt8]] = [:]
        for file in try SiteFiles.names(in: folder) where file.hasSuffix(Self.ending) {
            texts[String(file.dropLast(Self.ending.count))] =
                try SiteFiles.read(folder + "/" + file)
        }
        var audit = TemplateAudit(templates: texts) { "\(folder)/\($0)\(Self.ending)" }
        for view in views {
            do {
                audit.check(view.template, shows: try ViewShape(of: view))
            } catch {
                throw .templates([
                    TemplateFault(file: view.template, line: 1, reason: "\(view): \(error)")
                ])
            }
        }
        guard audit.faults.isEmpty else { throw .templates(audit.faults) }
        library = try Self.parsed(texts, in: folder)
    }

    /// The view's template with its values in it.
    func render<Model: TemplateView>(_ view: Model) -> String {
        library.render(ViewReflection.values(of: view), withTemplate: Model.template) ?? ""
    }

    private static let ending = ".mustache"

    private static func parsed(
        _ texts: [String: [UInt8]], in folder: String
    ) throws(SiteError) -> MustacheLibrary {
        var library = MustacheLibrary()
        for (name, text) in texts {
            do {
                try library.register(String(decoding: text, as: UTF8.self), named: name)
            } catch {
                let line = (error as? MustacheTemplate.ParserError)?.context.lineNumber ?? 1
                throw .templates([
                    TemplateFault(
                        file: "\(folder)/\(name)\(ending)", line: line, reason: "\(error)")
                ])
            }
        }
        return library
    }
}
