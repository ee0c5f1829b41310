/// Why a site cannot be built before it is begun.
enum SiteFilesError: Error, Hashable {
    case noTemplates(places: [String])
    case noChartScript(places: [String])
}

extension SiteFilesError: CustomStringConvertible, ExitCoded {
    var description: String {
        switch self {
        case .noTemplates(let places):
            "\(places.joined(separator: ", ")): no templates there; set templates to their folder"
        case .noChartScript(let places):
            "\(places.joined(separator: ", ")): no Chart.js there; "
                + "install libjs-chart.js or set chartScript"
        }
    }

    var exitCode: ExitCode { .configuration }
}
