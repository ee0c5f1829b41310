/// A setting of a profile that cannot be meant as it stands: without it another identity than the meant
/// one might be found.
struct ProfileMistake: CustomStringConvertible {
    let description: String

    /// Nil if there is none that shows.
    ///
    /// - Parameters:
    ///   - keys: all that the profile has, in lower case.
    ///   - isSet: whether one of them has a value.
    init?(_ keys: [String], isSet: (String) -> Bool) {
        if let empty = keys.first(where: { Self.ofCredentials.contains($0) && !isSet($0) }) {
            description = "\(empty) is empty"
            return
        }
        for key in keys where !Self.ofCredentials.contains(key) && !Self.alike.contains(key) {
            if let meant = Self.ofCredentials.first(where: { Self.isNear(key, $0) }) {
                description = "it has a setting \(key): is it meant to be \(meant)?"
                return
            }
        }
        // What only goes with another setting, and that one.
        let lone = Self.companions.first(where: {
            keys.contains($0.key) && !$0.needs.contains(where: isSet)
        })
        guard let lone else { return nil }
        description = "\(lone.key) is set, and \(lone.needs.joined(separator: " or ")) is not"
    }

    private static let ofCredentials = [
        "aws_access_key_id", "aws_secret_access_key", "aws_session_token", "role_arn",
        "source_profile", "credential_source", "credential_process", "web_identity_token_file",
        "role_session_name", "external_id", "mfa_serial", "duration_seconds", "sso_session",
        "sso_start_url", "sso_region", "sso_account_id", "sso_role_name", "login_session",
    ]

    /// Settings that there are, though they look like others.
    private static let alike = ["region", "aws_account_id", "aws_security_token"]

    private static let companions: [(key: String, needs: [String])] = [
        ("source_profile", ["role_arn"]), ("credential_source", ["role_arn"]),
        ("web_identity_token_file", ["role_arn"]), ("external_id", ["role_arn"]),
        ("aws_session_token", ["aws_access_key_id"]),
        ("sso_account_id", ["sso_session", "sso_start_url"]),
        ("sso_role_name", ["sso_session", "sso_start_url"]),
    ]

    /// Whether two changes of a letter or fewer make one of the other (Levenshtein).
    private static func isNear(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        guard abs(left.count - right.count) <= 2 else { return false }
        var costs = Array(0...right.count)
        for (row, byte) in left.enumerated() {
            var diagonal = costs[0]
            costs[0] = row + 1
            for column in right.indices {
                let change = diagonal + (byte == right[column] ? 0 : 1)
                diagonal = costs[column + 1]
                costs[column + 1] = min(change, diagonal + 1, costs[column] + 1)
            }
        }
        return costs[right.count] <= 2
    }
}
