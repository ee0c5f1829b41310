import AWS
import Calendar
import Files
import Tally

/// A prefix of a bucket that collectors put parts into, and that nobody else can read.
///
/// It has `20261122T18Z/NAME.part`, `20261122T18Z.closing` (`SlotClosing`) while that slot is closed, and
/// `20261122T18Z.closed` once it is; `.publisher`, the right of one run to close slots; `.SOURCE.span`, what `RecordedSpan` keeps; `.private`, which is put there to see that strangers
/// cannot read it.
public struct PrivatePrefix: PartPlace {
    public let name: String
    /// Empty, or ends with `/`.
    private let prefix: String
    /// Of the site that is published in the same bucket; nil if none is.
    private let site: String?
    /// What is there is read into this folder.
    public let folder: String
    private let right: PrefixRight
    private let sleep: @Sendable (Duration) async throws -> Void
    private let connect: @Sendable () throws -> (S3Client, BucketClient)

    /// - Parameters:
    ///   - name: `s3://bucket/prefix`.
    ///   - prefix: the same, as objects have it: empty, or with `/` at its end.
    ///   - site: the prefix of a site that is published in this bucket; nil if none is.
    ///   - owner: tells a publisher from others, and is the same for all its runs.
    ///   - mirror: a folder of the publisher's own, which need not be there; its parts are there while a run goes on.
    ///   - sleep: between two renewals of the right.
    ///   - connect: reaches the bucket; asked only when that is needed.
    public init(
        _ name: String, prefix: String, site: String? = nil, owner: String = "", mirror: String,
        sleep: @escaping @Sendable (Duration) async throws -> Void = {
            try await Task.sleep(for: $0)
        },
        connect: @escaping @Sendable () throws -> (S3Client, BucketClient)
    ) {
        (self.name, self.prefix, self.site) = (name, prefix, site)
        (folder, self.sleep, self.connect) = (mirror, sleep, connect)
        right = PrefixRight(key: prefix + ".publisher", owner: owner)
    }

    /// Far above any part.
    private static let largest = 1 << 30

    private func key(_ name: String) throws(AWSError) -> ObjectKey { try ObjectKey(prefix + name) }

    public func begin() async throws -> Bool {
        let (client, settings) = try connect()
        try await requirePrivate(client, settings)
        guard try await right.take(client) else { return false }
        try FilePlace.remove(folder)
        try Folder.makePrivate(folder)
        let keys = try await client.list(prefix: prefix).objects.map(\.key)
        let places = keys.map { ($0, String($0.text.dropFirst(prefix.count))) }
        let marks = Set(
            places.map(\.1).filter {
                Self.isSlot($0.prefix(12)) && $0.dropFirst(12) == ".closed"
            })
        var late: [ObjectKey] = []
        for (key, place) in places {
            if marks.contains(place) {
                try WholeFile.write([], to: "\(folder)/\(place)", isSynced: false)
            }
            if Self.isMemory(place), let there = try await client.get(key, byteLimit: 1024) {
                try WholeFile.write(there.bytes, to: "\(folder)/\(place)", isSynced: false)
            }
            guard Self.isOfSlot(place) else { continue }
            if marks.contains("\(place.prefix(12)).closed") {
                late.append(key)
                continue
            }
            if try await client.showsAnyone(key) { throw open("anybody can read \(place)") }
            guard let there = try await client.get(key, byteLimit: Self.largest) else { continue }
            try WholeFile.write(
                there.bytes, to: "\(folder)/\(place)", isSynced: false, isPrivate: true)
        }
        try await delete(late, by: client)
        return true
    }

    /// `.SOURCE.span`
    private static func isMemory(_ place: String) -> Bool {
        place.hasPrefix(".") && place.hasSuffix(".span")
            && PartHeader.isName(String(place.dropFirst()))
    }

    /// `20261122T18Z/NAME.part` or `20261122T18Z.closing`
    private static func isOfSlot(_ place: String) -> Bool {
        guard isSlot(place.prefix(12)) else { return false }
        let rest = place.dropFirst(12)
        return rest == SlotClosing.ending
            || rest.hasPrefix("/") && rest.hasSuffix(".part")
                && PartHeader.isName(String(rest.dropFirst()))
    }

    public func keep() async { await right.keep(sleep) }

    public func claim() async throws {
        guard try await right.renew() else {
            throw SnapshotError.overtaken(place: name, minutes: PrefixRight.duration / 60)
        }
    }

    /// Of the shape `20261122T18Z`: no name that leads out of the folder.
    private static func isSlot(_ text: Substring) -> Bool {
        text.utf8.count == 12 && text.hasSuffix("Z")
            && text.utf8.enumerated().allSatisfy { place, byte in
                place == 11 || (place == 8 ? byte == UInt8(ascii: "T") : byte.isASCIIDigit)
            }
    }

    public func note(_ closing: SlotClosing, of slot: Slot) async throws {
        let (client, _) = try connect()
        let (note, bytes) = (try key(Self.note(of: slot)), closing.bytes)
        guard try await client.put(bytes, at: note, if: .absent) == nil else { return }
        guard try await client.get(note, byteLimit: Self.largest)?.bytes == bytes else {
            throw SnapshotError.begun(path: "\(name)/\(Self.note(of: slot))")
        }
    }

    public func close(_ slot: Slot) async throws {
        let (client, _) = try connect()
        for memory in try Folder.entries(of: folder) ?? [] where Self.isMemory(memory.name) {
            try await client.put(
                key(memory.name), WholeFile.read("\(folder)/\(memory.name)"),
                headers: S3Client.privateHeaders)
        }
        let mark = try key(Self.mark(of: slot))
        try await client.put(mark, Array("closed\n".utf8), headers: S3Client.privateHeaders)
        let there = try await client.list(prefix: prefix + PartMap.name(of: slot))
        try await delete(there.objects.map(\.key).filter { $0 != mark }, by: client)
        try FilePlace.remove("\(folder)/\(PartMap.name(of: slot))")
    }

    public func end() async {
        try? FilePlace.remove(folder)
        await right.free()
    }

    private func delete(_ keys: [ObjectKey], by client: S3Client) async throws {
        if keys.isEmpty { return }
        for refusal in try await client.delete(keys).values { throw AWSError.refused(refusal) }
    }
}

extension PrivatePrefix {
    /// Puts a part there, unless its slot is closed; false then. The same part again changes nothing.
    ///
    /// - Throws: `PartError.taken` if another has its name and is not to be replaced; if strangers could read it.
    public func upload(
        _ path: String, of slot: Slot, replacing: Bool
    ) async throws -> Bool {
        let (client, settings) = try connect()
        try await requirePrivate(client, settings)
        if try await client.head(key(Self.mark(of: slot))) != nil { return false }
        let place = "\(PartMap.name(of: slot))/\(FilePlace.name(of: path))"
        let part = try key(place)
        // Not all servers know conditions, and they would put it in the other's place.
        if !replacing, let there = try await client.get(part, byteLimit: Self.largest) {
            try requireSame(there.bytes, as: path, at: place)
            return true
        }
        let bytes = try WholeFile.read(path)
        if try await client.put(bytes, at: part, if: replacing ? .none : .absent) == nil {
            // Another was faster, or the answer to a first attempt was lost.
            let there = try await client.get(part, byteLimit: Self.largest)
            try requireSame(there?.bytes ?? [], as: path, at: place)
        }
        if try await client.showsAnyone(part) {
            _ = try await client.delete([part])
            throw open("anybody could read \(place)")
        }
        return true
    }

    /// Throws unless the bytes are a part of the same posts as the file.
    private func requireSame(_ bytes: [UInt8], as path: String, at place: String) throws {
        try WholeFile.write(bytes, to: path + ".there", isSynced: false, isPrivate: true)
        defer { try? FilePlace.remove(path + ".there") }
        guard try PartFile(path).isSame(as: PartFile(path + ".there")) else {
            throw PartError.taken(path: "\(name)/\(place)")
        }
    }

    private func open(_ how: String) -> SnapshotError { .openPlace(place: name, how: how) }

    /// Throws if strangers can read what is put there, or it is where a site is published.
    private func requirePrivate(_ client: S3Client, _ settings: BucketClient) async throws {
        if let site, site.hasPrefix(prefix) || prefix.hasPrefix(site) {
            throw open("the site is published there")
        }
        if let site = try await publishedSite(client) {
            throw open("a site is published at \(site.isEmpty ? "its bucket" : site)")
        }
        let probe = try key(".private")
        try await client.put(
            probe, Array("strangers cannot read this\n".utf8), headers: S3Client.privateHeaders)
        if try await client.showsAnyone(probe) { throw open("anybody can read it") }
        if try await client.listsToAnyone(prefix: prefix) { throw open("anybody can list it") }
        if try await settings.isOpenByPolicy(prefix) {
            throw open("the policy of its bucket lets anybody read it")
        }
    }

    /// The prefix of a site in whose folder the place lies, as its manifest tells; nil if there is none.
    private func publishedSite(_ client: S3Client) async throws -> String? {
        let parts = prefix.split(separator: "/")
        let sites = (0...parts.count).map { parts.prefix($0).map { $0 + "/" }.joined() }
        for site in sites where try await isPublished(site, client) { return site }
        return nil
    }

    /// False, too, where that may not be looked at.
    private func isPublished(_ site: String, _ client: S3Client) async throws -> Bool {
        let manifest = try ObjectKey(site + ".tidemark/manifest.json")
        do throws(AWSError) {
            return try await client.head(manifest) != nil
        } catch {
            guard case .refused(let refusal) = error, refusal.status == 403 else { throw error }
            return false
        }
    }

    public func check() async -> [SourceCheck] {
        do {
            let (client, settings) = try connect()
            try await requirePrivate(client, settings)
            let refusals = try await client.delete([key(".private")])
            if let refusal = refusals.values.first { throw AWSError.refused(refusal) }
            let keeps = try await settings.keepsVersions()
            let finding =
                "takes and deletes parts, and strangers cannot read them"
                + (keeps
                    ? "; but the bucket keeps versions of what is deleted: give it a rule that ends those below "
                        + (prefix.isEmpty ? "it" : prefix) + " after a day"
                    : "")
            return [SourceCheck(name, finding, clockLead: client.clockLead)]
        } catch {
            return [SourceCheck(name, failure: error)]
        }
    }
}
