import Foundation
import Support
import Testing

/// Publishes to the places that operators have, as they have them.
@Suite("Places to publish to")
struct PlacesStoryTests {
    private func mode(_ path: String) -> mode_t? {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & 0o7777 : nil
    }

    /// Runs `tidemark` under a umask that keeps everything to its user.
    private func closed(_ folder: OperatorFolder, _ command: String) async throws -> ProgramRun {
        try await ProgramRun.program(
            "/bin/sh",
            [
                "-c", "umask 077; exec \"$@\"", "sh", Repository.product("tidemark"), command,
                "--now", OperatorFolder.now,
            ], in: folder.path, environment: folder.environment)
    }

    @Test("a folder stays readable under any umask, and what is withheld lies beside it")
    func directory() async throws {
        try await withTemporaryFolder { path in
            var folder = try OperatorFolder(path)
            folder.environment["TIDEMARK_PUBLISH_DIRECTORY"] = path + "/srv/www"
            #expect(try await closed(folder, "publish").code == 0)
            for place in ["srv", "srv/www", "srv/www/about", "public", "public/about"] {
                #expect(mode(path + "/" + place) == 0o755, "\(place)")
            }
            for place in ["srv/www/index.html", "srv/www/about/index.html", "public/index.html"] {
                #expect(mode(path + "/" + place) == 0o644, "\(place)")
            }
            // The operator says otherwise.
            #expect(chmod(path + "/srv/www", 0o2750) == 0)
            #expect(chmod(path + "/public", 0o2750) == 0)
            #expect(chmod(path + "/srv/www/index.html", 0o640) == 0)
            try write(
                "tag,since,reason\nkites,2026-11-01T00:00:00Z,asked\n",
                to: path + "/archive/withdrawn.csv")
            let title = folder.environment
            folder.environment["TIDEMARK_SITE_TITLE"] = "Another"
            #expect(try await closed(folder, "publish").code == 0)
            folder.environment = title
            #expect(mode(path + "/srv/www") == 0o2750)
            #expect(mode(path + "/srv/www/index.html") == 0o640)
            #expect(mode(path + "/srv/www/about/index.html") == 0o644)
            #expect(mode(path + "/public") == 0o2750)
            #expect(mode(path + "/public/about") == 0o755)
            #expect(mode(path + "/public/index.html") == 0o644)

            let beside = path + "/srv/.www.tidemark-archive"
            #expect(mode(beside) == 0o700)
            #expect(FileManager.default.fileExists(atPath: beside + "/withdrawn.csv"))
            #expect(
                !FileManager.default.fileExists(atPath: path + "/srv/www/.tidemark/archive"))
            // A machine that has lost its archive gets it back whole.
            try FileManager.default.removeItem(atPath: path + "/archive")
            #expect(try await folder.tidemark("pull").code == 0)
            #expect(FileManager.default.fileExists(atPath: path + "/archive/withdrawn.csv"))

            #expect(chmod(path + "/srv/www/about", 0o700) == 0)
            let doctor = try await folder.tidemark("doctor")
            #expect(doctor.output.contains("note   publish.directory: \(path)/srv"))
            #expect(doctor.output.contains("can be read by this user alone"))
        }
    }

    @Test("a push is nobody's but tidemark's, and a refusal says why")
    func repository() async throws {
        try await withTemporaryFolder { path in
            var folder = try OperatorFolder(path)
            func git(_ arguments: String...) async throws -> ProgramRun {
                try await ProgramRun.program(
                    "/usr/bin/git", arguments, in: path, environment: ["HOME": path])
            }
            #expect(try await git("init", "--quiet", "--bare", "pages.git").code == 0)
            try write("#!/bin/sh\nexit 1\n", to: path + "/hooks/pre-push")
            #expect(chmod(path + "/hooks/pre-push", 0o755) == 0)
            try write(
                "[core]\n\thooksPath = \(path)/hooks\n[push]\n\tgpgSign = true\n",
                to: path + "/.gitconfig")
            folder.environment = [
                "HOME": path, "PATH": "/usr/bin:/bin", "GIT_DIR": "/nowhere",
                "GIT_OBJECT_DIRECTORY": "/nowhere", "GIT_INDEX_FILE": "/nowhere",
                "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "push.default",
                "GIT_CONFIG_VALUE_0": "nonsense", "GIT_NAMESPACE": "other",
                "TIDEMARK_PUBLISH_REPOSITORY": path + "/pages.git",
            ]
            let run = try await folder.tidemark("publish")
            #expect(run.code == 0 && run.errors == "")
            #expect(
                try await git("--git-dir=pages.git", "rev-parse", "--verify", "gh-pages").code == 0)

            try write(
                "#!/bin/sh\necho 'error: GH006: Protected branch update failed for refs/heads/gh-pages.'\n"
                    + "echo 'error: Cannot force-push to this branch'\nexit 1\n",
                to: path + "/pages.git/hooks/pre-receive")
            #expect(chmod(path + "/pages.git/hooks/pre-receive", 0o755) == 0)
            // Its own repository heeds its own hooks.
            try FileManager.default.removeItem(atPath: path + "/.gitconfig")
            folder.environment["TIDEMARK_SITE_TITLE"] = "Another"
            let refused = try await folder.tidemark("publish")
            // Nothing is there before the push.
            #expect(refused.code == 1)
            #expect(
                refused.errors.contains(
                    "git push: GH006: Protected branch update failed for refs/heads/gh-pages; let tidemark "
                        + "force-push this branch"), "\(refused.errors)")
            let doctor = try await folder.tidemark("doctor")
            #expect(doctor.output.contains("is not saved there, as anybody can read a branch"))
        }
    }

    @Test("a push of a killed run that arrives during the next one does not fail it")
    func overtaken() async throws {
        try await withTemporaryFolder { path in
            var folder = try OperatorFolder(path)
            let pages = path + "/pages.git"
            let made = try await ProgramRun.program(
                "/usr/bin/git", ["init", "--quiet", "--bare", "pages.git"], in: path,
                environment: ["HOME": path])
            #expect(made.code == 0)
            folder.environment = [
                "HOME": path, "PATH": "/usr/bin:/bin", "TIDEMARK_PUBLISH_REPOSITORY": pages,
            ]
            #expect(try await folder.tidemark("publish").code == 0)
            // Once another push is there before ours.
            try write(
                """
                #!/bin/sh
                [ -e overtaken ] && exit 0
                touch overtaken
                unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES
                other=$(git -c user.name=a -c user.email=a@b commit-tree 'gh-pages^{tree}' -m Other)
                git update-ref refs/heads/gh-pages "$other"
                exit 1

                """, to: pages + "/hooks/pre-receive")
            #expect(chmod(pages + "/hooks/pre-receive", 0o755) == 0)
            folder.environment["TIDEMARK_SITE_TITLE"] = "Another"
            let run = try await folder.tidemark("publish")
            #expect(run.code == 0, "\(run.errors)")
            #expect(FileManager.default.fileExists(atPath: pages + "/overtaken"))
            let log = try await ProgramRun.program(
                "/usr/bin/git", ["--git-dir=pages.git", "log", "--format=%s", "gh-pages"],
                in: path, environment: ["HOME": path])
            #expect(log.output.hasPrefix("Publish\n"))
        }
    }
}
