import Glibc

/// The target that `TIDEMARK_FUZZING` names.
private let target: FuzzTarget = {
    let name = getenv("TIDEMARK_FUZZING").map { String(cString: $0) } ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
        let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
        fatalError("TIDEMARK_FUZZING must be one of \(names)")
    }
    return target
}()

/// libFuzzer, with its own arguments (LLVM's documentation of libFuzzer, "as a library").
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
    _ argumentCount: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ check: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// What libFuzzer calls with each input; a broken rule ends the program, and so keeps the input.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    do {
        try target.check(Array(UnsafeBufferPointer(start: start, count: count)))
        return 0
    } catch {
        fatalError("\(target.rawValue): \(error)")
    }
}

@main
enum Fuzz {
    static func main() {
        var (count, arguments) = (CommandLine.argc, CommandLine.unsafeArgv)
        exit(runFuzzer(&count, &arguments, fuzzOneInput))
    }
}
