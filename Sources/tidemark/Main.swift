import FoundationEssentials
import Glibc

/// Where the process begins and ends.
@main
enum Main {
    static func main() async {
        let process = ProcessInfo.processInfo
        let invocation = Invocation(
            arguments: Array(process.arguments.dropFirst()), environment: process.environment)
        // Not `exit`, which tears down libraries while threads that wind up still use them: a connection
        // that ended a moment ago met OpenSSL without its locks. Nothing is left in buffers.
        _exit(await invocation.run().rawValue)
    }
}
