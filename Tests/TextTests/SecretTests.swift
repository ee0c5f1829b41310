import Testing
import Text

struct SecretTests {
    @Test func `no way of printing shows it`() {
        struct Holder { let secret: Secret? = Secret("hunter2") }
        var dumped = ""
        dump(Holder(), to: &dumped)
        for text in ["\(Holder())", String(reflecting: Holder()), dumped, "\(Secret("hunter2"))"] {
            #expect(!text.contains("hunter2"))
        }
        #expect(Secret("hunter2").revealed == "hunter2")
    }
}
