import Archive
import Hashtags

/// What of a configuration counts nothing, or did in the newest window.
struct CountedNothing {
    let settings: Settings
    /// Those of the archive.
    let windows: [WindowRow]

    var diagnoses: [Diagnosis] {
        lists + settings.sources.flatMap { languages(of: $0) + newest(of: $0) }
    }

    /// Lists that exclude each other.
    private var lists: [Diagnosis] {
        let filters = settings.filters
        let blocked = filters.block.map(TagPattern.init)
        if let all = zip(filters.block, blocked).first(where: { !$0.1.isSelective }) {
            return [
                Diagnosis(.wrong, "filters.block", "\"\(all.0)\" blocks every hashtag: take it out")
            ]
        }
        let isNothingLeft =
            !filters.allow.isEmpty
            && filters.allow.allSatisfy { allowed in
                if allowed.contains("*") { return false }
                guard let tag = try? Hashtag(delivered: allowed) else { return false }
                return blocked.contains { $0.matches(tag.key) }
            }
        return isNothingLeft
            ? [
                Diagnosis(
                    .wrong, "filters.allow",
                    "filters.block blocks all that is allowed here, so no hashtag is left")
            ] : []
    }

    private func languages(of source: Settings.Source) -> [Diagnosis] {
        source.languages.filter { $0.utf8.count == 2 && !Self.codes.contains($0) }.map { language in
            Diagnosis(
                .wrong, "sources.\(source.name)",
                "no post is in the language \"\(language)\": languages are two letters by ISO 639-1, such as en or "
                    + "ja")
        }
    }

    private func newest(of source: Settings.Source) -> [Diagnosis] {
        let own = windows.filter { $0.source == source.name && $0.status != .missing }
        guard let row = own.max(by: { $0.slot < $1.slot }) else { return [] }
        return settings.doubts(of: row, among: own).map {
            Diagnosis(row.posts == 0 ? .wrong : .note, "sources.\(source.name)", $0)
        }
    }

    /// Of two letters, those of ISO 639-1 and the ones that it had.
    private static let codes = Set(
        """
        aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee \
        el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io \
        is it iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk \
        ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc \
        sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve \
        vi vo wa wo xh yi yo za zh zu
        """.split(separator: " ").map(String.init))
}
