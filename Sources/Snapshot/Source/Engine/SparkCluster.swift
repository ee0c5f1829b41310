import Decode

extension SparkSource {
    /// Where Spark is, and what its workers have.
    public struct Cluster: Hashable, Sendable {
        /// As spark-submit takes it: `spark://host:7077`, `local[2]`.
        public var master: String
        /// The address of the master's REST server, which takes the job in the place of `submit`; nil for none.
        public var rest: String?
        /// `spark-submit`, by its path or name.
        public var submit: String
        /// Settings of Spark's own, `name=value`.
        public var settings: [String]
        /// Seen by all machines under the same path.
        public var folder: String
        /// On the workers: `tidemark`, and the file of the secret.
        public var program: String
        public var saltFile: String
        /// On the workers, of a topic: the files of its passwords.
        public var passwordFile: String?
        public var keyPasswordFile: String?
        /// Shares that a slot is added up in.
        public var shares: Int
        /// Files, or ranges of a topic, that are handed out together.
        public var files: Int
        /// Messages of a range.
        public var messages: Int
        /// To how many bits ids are hashed.
        public var hashBits: Int
        /// Seconds after a slot's end until its last files are there, that a run may take, and between two rounds of a job
        /// that stays.
        public var settle: Int
        public var timeLimit: Int
        public var pause: Int

        public init(
            master: String, rest: String?, submit: String, settings: [String], folder: String,
            program: String, saltFile: String, passwordFile: String?, keyPasswordFile: String?,
            shares: Int, files: Int, messages: Int, hashBits: Int, settle: Int, timeLimit: Int,
            pause: Int
        ) {
            (self.master, self.rest, self.submit) = (master, rest, submit)
            (self.settings, self.folder) = (settings, folder)
            (self.program, self.saltFile) = (program, saltFile)
            (self.passwordFile, self.keyPasswordFile) = (passwordFile, keyPasswordFile)
            (self.shares, self.files, self.messages) = (shares, files, messages)
            (self.hashBits, self.settle) = (hashBits, settle)
            (self.timeLimit, self.pause) = (timeLimit, pause)
        }
    }

    /// What the cluster reads.
    public enum Input: Sendable {
        case files(Recording)
        /// - Parameters:
        ///   - lookBack: seconds back that slots are read.
        ///   - iamRegion: where workers sign in with IAM; nil for none.
        case topic(KafkaTopic, lookBack: Int, iamRegion: String?)

        var format: PostFormat {
            switch self {
            case .files(let recording): recording.format
            case .topic(let topic, _, _): topic.format
            }
        }

        var grammar: Grammar? {
            switch self {
            case .files(let recording): recording.grammar
            case .topic(let topic, _, _): topic.grammar
            }
        }
    }
}
