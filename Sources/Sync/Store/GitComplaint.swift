import Text

/// What git and the other side say when they refuse: the sentence that matters out of many, and what to do.
struct GitComplaint: Hashable {
    let sentence: String
    /// Nil where the sentence says it all, or nobody knows.
    let advice: String?

    init(_ said: String) {
        let lines = said.split(whereSeparator: \.isNewline).map(Self.bare).filter { !$0.isEmpty }
        for (words, advice) in Self.known {
            if let line = lines.first(where: { $0.contains(words) }) {
                (sentence, self.advice) = (Self.plain(line), advice)
                return
            }
        }
        if lines.contains(where: { $0.contains("hook declined") }) {
            // The hook has said why, before git says that it declined.
            let words = said.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("remote:") }
                .map(Self.bare).first { $0.unicodeScalars.contains { $0.properties.isAlphabetic } }
            sentence = Self.plain(words ?? "a hook of the repository declined")
            advice = "this is the repository's own rule: ask who keeps it"
            return
        }
        let marks = ["error: ", "fatal: ", "ERROR: ", "! ["]
        let line = marks.lazy.compactMap { mark in lines.first { $0.hasPrefix(mark) } }.first
        (sentence, advice) = (Self.plain(line ?? lines.last ?? ""), nil)
    }

    private static let access =
        "let the key of this user write to the repository, without a passphrase: try git ls-remote with the same "
        + "address as this user"
    private static let name =
        "correct publish.repository, or let this user see the repository"
    private static let protected =
        "let tidemark force-push this branch in the settings of the host, or name one of its own in publish.branch"
    private static let authority =
        "name the file of its authority in GIT_SSL_CAINFO or git's http.sslCAInfo, or correct the clock"
    private static let away = "nothing has changed; the next run tries again"
    private static let damaged =
        "take the folder git out of the .sync folder beside the output: the next run makes it anew"

    /// What lines hold, the surest first, and what to do about it.
    private static let known: [(words: String, advice: String)] = [
        (
            "detected dubious ownership",
            "let the user that runs tidemark own it, or name it in git's safe.directory"
        ),
        (
            "REMOTE HOST IDENTIFICATION HAS CHANGED",
            "compare the key with what the host publishes, then take out the old one with ssh-keygen -R"
        ),
        (
            "host key is known",
            "connect once with ssh as this user, and accept the host's key if it is the right one"
        ),
        (
            "Host key verification failed",
            "connect once with ssh as this user, and accept the host's key if it is the right one"
        ),
        ("UNPROTECTED PRIVATE KEY FILE", "let only this user read the key: chmod 600"),
        ("Bad owner or permissions", "let only this user write to that file: chmod 600"),
        (
            "unsafe repository",
            "let the user that runs tidemark own it, or name it in git's safe.directory"
        ),
        (
            "insufficient permission for adding an object",
            "let this user write to all of the repository, whoever pushed to it before"
        ),
        (
            "archived so it is read-only",
            "name another repository in publish.repository, or open this one again"
        ),
        ("HTTP Basic: Access denied", "renew the token or password that git has for this host"),
        ("returned error: 429", away),
        ("code 407 from proxy", "give git the proxy's name and password"),
        ("are too open", "let only this user read the key: chmod 600"),
        ("has been marked as read only", "let this key write to the repository"),
        ("denied to deploy key", "let this deploy key write to the repository"),
        ("Permission denied (", access),
        ("Too many authentication failures", access),
        ("denied to ", access),
        ("Write access to repository not granted", access),
        ("You are not allowed to push code to this project", access),
        ("GH006", protected), ("GH013", protected), ("protected branch", protected),
        ("Protected branch", protected), ("can only be modified through pull requests", protected),
        (
            "GH001", "leave such a file out, or publish to a bucket or a folder"
        ),
        (
            "exceeds GitHub's file size limit",
            "leave such a file out, or publish to a bucket or a folder"
        ),
        (
            "refusing to update checked out branch",
            "publish to a bare repository, or to a branch that is checked out nowhere"
        ),
        (
            "denying non-fast-forward",
            "the repository takes no forced push, and the site is one commit: allow it there "
                + "(receive.denyNonFastForwards), or name a branch of its own in publish.branch"
        ),
        ("deletion prohibited", protected),
        ("(stale info)", "the branch has moved: run it again"),
        ("(fetch first)", "the branch has moved: run it again"),
        ("(non-fast-forward)", protected),
        (
            "exists; cannot create",
            "a branch cannot lie in another one of that name: name another in publish.branch"
        ),
        (
            "hash algorithm",
            "its commits are named by SHA-256, and only those named by SHA-1 are made: make it without "
                + "--object-format=sha256"
        ),
        (
            ".lock': File exists",
            "another push may be under way: run it again, and if there is none, remove that file where the "
                + "repository is"
        ),
        ("cannot lock ref", "another push may be under way: run it again"),
        (
            "terminal prompts disabled",
            "nobody is there to type a password: use an ssh address with a key, or give git a credential helper"
        ),
        ("Authentication failed", "renew the token or password that git has for this host"),
        ("Invalid username or", "renew the token or password that git has for this host"),
        ("Password authentication is not supported", "use a token, or an ssh address with a key"),
        (
            "Support for password authentication was removed",
            "use a token, or an ssh address with a key"
        ),
        ("returned error: 401", "renew the token or password that git has for this host"),
        ("returned error: 403", access),
        ("certificate verification failed", authority),
        ("server verification failed", authority), ("SSL certificate problem", authority),
        ("Repository not found", name), ("repository not found", name), ("' not found", name),
        ("does not appear to be a git repository", name), ("returned error: 404", name),
        ("The project you were looking for could not be found", name),
        ("Could not resolve", away), ("Name or service not known", away),
        ("Connection refused", away),
        ("Connection timed out", away), ("Operation timed out", away), ("Connection reset", away),
        ("Network is unreachable", away), ("No route to host", away), ("Failed to connect", away),
        ("returned error: 5", away), ("early EOF", away), ("unexpected disconnect", away),
        ("Operation too slow", away), ("closed by remote host", away),
        ("No space left on device", "make room; the site that is up stays"),
        ("Disk quota exceeded", "make room; the site that is up stays"),
        (".lock': File exists", "if no other git is at work there, delete that file"),
        ("bad object", damaged), ("object file", damaged), ("is corrupt", damaged),
        ("missing blob", damaged),
        ("not a git repository", damaged),
        ("cannot run ssh", "install ssh"),
    ]

    /// Without what says that it comes from the other side, and the rows of marks that hosts frame it with.
    private static func bare(_ line: Substring) -> String {
        var line = line
        if line.hasPrefix("remote:") { line = line.dropFirst(7) }
        while let first = line.unicodeScalars.first, first == " " || first == "\t" || first == "@" {
            line.unicodeScalars.removeFirst()
        }
        while let last = line.unicodeScalars.last, last == " " || last == "\t" || last == "@" {
            line.unicodeScalars.removeLast()
        }
        return String(line)
    }

    /// Without git's own marks, and without what an address holds of a password.
    private static func plain(_ line: String) -> String {
        var line = line[...]
        for mark in ["error: ", "fatal: ", "ERROR: "] where line.hasPrefix(mark) {
            line = line.dropFirst(mark.count)
        }
        if line.hasSuffix(".") { line = line.dropLast() }
        return withoutPassword(String(line))
    }

    /// `https://user:password@host/` without what stands before the host.
    static func withoutPassword(_ text: String) -> String {
        var plain: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let place = rest.range(of: "://") {
            plain += rest[..<place.upperBound]
            rest = rest[place.upperBound...]
            let authority = rest.prefix { !"/ '\"".utf8.contains($0) }
            if let at = authority.lastIndex(of: UInt8(ascii: "@")) { rest = rest[(at + 1)...] }
        }
        return String(decoding: plain + rest, as: UTF8.self)
    }
}
