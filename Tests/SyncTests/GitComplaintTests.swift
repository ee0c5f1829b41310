import Testing

@testable import Sync

@Suite struct GitComplaintTests {
    @Test(
        arguments: [
            (
                """
                git@github.com: Permission denied (publickey).
                fatal: Could not read from remote repository.

                Please make sure you have the correct access rights
                and the repository exists.
                """, "git@github.com: Permission denied (publickey)", "without a passphrase"
            ),
            (
                """
                Host key verification failed.
                fatal: Could not read from remote repository.

                Please make sure you have the correct access rights
                and the repository exists.
                """, "Host key verification failed", "accept the host's key"
            ),
            (
                """
                @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
                @    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
                @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
                Host key verification failed.
                """, "WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!", "ssh-keygen -R"
            ),
            (
                """
                fatal: detected dubious ownership in repository at '/srv/pages.git'
                To add an exception for this directory, call:

                \tgit config --global --add safe.directory /srv/pages.git
                """, "detected dubious ownership in repository at '/srv/pages.git'",
                "safe.directory"
            ),
            (
                """
                remote: error: GH006: Protected branch update failed for refs/heads/main.        
                remote: error: Cannot force-push to this branch        
                To github.com:me/pages.git
                 ! [remote rejected] 1234 -> main (protected branch hook declined)
                error: failed to push some refs to 'github.com:me/pages.git'
                """, "GH006: Protected branch update failed for refs/heads/main", "publish.branch"
            ),
            (
                """
                remote: error: denying non-fast-forward refs/heads/pages (you should pull first)
                To /srv/pages.git
                 ! [remote rejected] 1234 -> pages (non-fast-forward)
                error: failed to push some refs to '/srv/pages.git'
                """, "denying non-fast-forward refs/heads/pages (you should pull first)",
                "receive.denyNonFastForwards"
            ),
            (
                """
                remote: error: refusing to update checked out branch: refs/heads/pages
                remote: error: By default, updating the current branch in a non-bare repository
                 ! [remote rejected] 1234 -> pages (branch is currently checked out)
                """, "refusing to update checked out branch: refs/heads/pages", "bare repository"
            ),
            (
                "fatal: could not read Username for 'https://github.com': terminal prompts disabled",
                "could not read Username for 'https://github.com': terminal prompts disabled",
                "credential helper"
            ),
            (
                """
                remote: Invalid username or token.
                fatal: Authentication failed for 'https://me:secret@github.com/me/pages.git/'
                """, "Authentication failed for 'https://github.com/me/pages.git/'", "token"
            ),
            (
                "ssh: Could not resolve hostname nowhere.example: Name or service not known\n"
                    + "fatal: Could not read from remote repository.",
                "ssh: Could not resolve hostname nowhere.example: Name or service not known",
                "next run tries again"
            ),
            (
                "ERROR: Repository not found.\nfatal: Could not read from remote repository.",
                "Repository not found", "publish.repository"
            ),
            (
                "remote: ----\nremote: no cats on Sundays\n"
                    + " ! [remote rejected] 12 -> pages (pre-receive hook declined)",
                "no cats on Sundays", "who keeps it"
            ),
            (
                "error: cannot lock ref 'refs/heads/pages': 'refs/heads/pages/live' exists; cannot create "
                    + "'refs/heads/pages'",
                "cannot lock ref 'refs/heads/pages': 'refs/heads/pages/live' exists; cannot create "
                    + "'refs/heads/pages'", "name another in publish.branch"
            ),
            (
                "fatal: the receiving end does not support this repository's hash algorithm",
                "the receiving end does not support this repository's hash algorithm", "SHA-256"
            ),
        ])
    func `The sentence that matters is told, and what to do`(
        said: String, sentence: String, advice: String
    ) {
        let complaint = GitComplaint(said)
        #expect(complaint.sentence == sentence)
        #expect(complaint.advice?.contains(advice) == true, "\(complaint.advice ?? "none")")
    }

    @Test(arguments: [
        ("hint: a\nfatal: something new\nhint: b", "something new"), ("just this", "just this"),
        ("", ""),
    ])
    func `What nobody knows is told without advice`(said: String, sentence: String) {
        let complaint = GitComplaint(said)
        #expect(complaint.sentence == sentence && complaint.advice == nil)
    }
}
