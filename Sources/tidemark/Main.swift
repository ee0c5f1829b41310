import FoundationEssentials
import Glibc

/// Where the process begins and ends.
@main
enum Main {
    static func main() async {
        let process = ProcessInfo.processInfo
        let invocation = Invocation(
            arguments: Array(process.arguments.dropFirst()), environment: process.environment)
        exit(await invocation.run().rawValue)
    }
}
