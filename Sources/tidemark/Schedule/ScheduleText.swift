import Text

/// What `tidemark schedule` prints: lines for a crontab, and units for systemd.
struct ScheduleText {
    let times: RunTimes
    let command: ScheduledCommand
    let zone: MachineZone
    /// Who is to run it; nil for root.
    let user: String?
    /// Variables that are set now, and that a scheduler does not know.
    let variables: [String]

    /// For crontab(5); nil if the command cannot be written there.
    var cron: String? {
        guard let line = command.cron else { return nil }
        let local = times.minutes(offsets: zone.offsets)
        var lines = ["# For crontab -e on a machine in \(zone.name)."] + comments
        lines.append(
            local == times.minutes
                ? "# Right in summer and winter, as every hour is named: windows are UTC, cron's time is local."
                : "# These are minutes of \(zone.name). With cronie (Fedora, RHEL, SUSE, Arch), though not with the cron of "
                    + "Debian and Ubuntu, CRON_TZ=UTC above and the minutes \(RunTimes.text(times.minutes)) say the same."
        )
        lines.append("# Name who is told of failures; a run that meets one at work says nothing.")
        lines.append("#MAILTO=you@example.org")
        lines += variables.map { "#\($0)=…" }
        lines.append("\(RunTimes.text(local)) * * * *  \(line)")
        return lines.joined(separator: "\n") + "\n"
    }

    /// The two units, each below the path of its file.
    var systemd: String {
        let service =
            ["[Unit]", "Description=Tidemark: read, build and publish"]
            + ["Wants=network-online.target", "After=network-online.target", "", "[Service]"]
            + ["Type=oneshot"] + [user.map { "User=\($0)" }].compactMap(\.self)
            + [command.systemdFolder.map { "WorkingDirectory=\($0)" }].compactMap(\.self)
            + (variables.isEmpty ? [] : ["EnvironmentFile=/etc/tidemark.env"])
            + ["ExecStart=\(command.systemd)"]
            + ["# Another run is at work: no failure.", "SuccessExitStatus=75"]
        let timer = [
            "[Unit]", "Description=When Tidemark runs", "", "[Timer]",
            "OnCalendar=*-*-* *:\(RunTimes.text(times.minutes, width: 2)):00 UTC",
            "# To the second, and once after the machine was off.", "AccuracySec=1s",
            "Persistent=true", "", "[Install]", "WantedBy=timers.target",
        ]
        let environment =
            variables.isEmpty
            ? []
            : ["# /etc/tidemark.env, for root alone (chmod 600), with"]
                + variables.map { "#   \($0)=…" }
        return
            (["# For systemd. Write the two files, then: systemctl enable --now tidemark.timer"]
            + comments + environment + ["", "# /etc/systemd/system/tidemark.service"] + service
            + ["", "# /etc/systemd/system/tidemark.timer"] + timer)
            .joined(separator: "\n") + "\n"
    }

    private var comments: [String] { times.reasons.map { "# \($0)" } }
}
