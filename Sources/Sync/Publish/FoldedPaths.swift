import AWS
import Output

/// The fewest paths of a site's address that cover what changed, and as little besides as their
/// number allows.
///
/// A folder counts as one path, `/tags/*`. A page is reached by two, its own and that of its folder.
struct FoldedPaths {
    /// A thousand paths a month are free: four publishes a day stay below that.
    static let limit = 8

    /// Sorted; empty if nothing changed.
    let paths: [String]

    /// - Parameters:
    ///   - all: every path of the site, the changed ones among them, in order.
    ///   - base: the path of the site's address, with a slash at its end.
    init(of changed: Set<SitePath>, in all: [SitePath], base: String, limit: Int = limit) {
        let files = all.map { (text: Array($0.text.utf8), isChanged: changed.contains($0)) }
        let covers = Folder(files: files[...], place: [], base: base, limit: limit).covers()
        // Of those that cover least besides, the one with the fewest paths.
        let least = covers.compactMap { $0?.excess }.min()
        paths = (covers.first { $0 != nil && $0?.excess == least } ?? nil)?.paths.sorted() ?? []
    }

    /// Paths, and how many unchanged files they cover.
    private struct Cover {
        var paths: [String]
        var excess: Int
    }

    private struct Folder {
        let files: ArraySlice<(text: [UInt8], isChanged: Bool)>
        /// Empty, or with a slash at its end.
        let place: [UInt8]
        let base: String
        let limit: Int

        /// At each number of paths the best cover with just so many, if there is one.
        func covers() -> [Cover?] {
            var covers = [Cover?](repeating: nil, count: limit + 1)
            covers[0] = Cover(paths: [], excess: 0)
            guard files.contains(where: \.isChanged) else { return covers }
            var rest = files
            while let first = rest.first {
                let name = first.text[place.count...].prefix { $0 != UInt8(ascii: "/") }
                if place.count + name.count == first.text.count {
                    rest = rest.dropFirst()
                    if first.isChanged { covers = joined(covers, of: paths(to: first.text)) }
                } else {
                    let inner = place + name + [UInt8(ascii: "/")]
                    let inside = rest.prefix { $0.text.starts(with: inner) }
                    rest = rest.dropFirst(inside.count)
                    let folder = Folder(files: inside, place: inner, base: base, limit: limit)
                    covers = joined(covers, folder.covers())
                }
            }
            let whole = Cover(
                paths: [address(of: place) + "*"], excess: files.count { !$0.isChanged })
            if covers[1].map({ whole.excess < $0.excess }) ?? true { covers[1] = whole }
            return covers
        }

        private func joined(_ covers: [Cover?], of paths: [String]) -> [Cover?] {
            var single = [Cover?](repeating: nil, count: limit + 1)
            if paths.count <= limit { single[paths.count] = Cover(paths: paths, excess: 0) }
            return joined(covers, single)
        }

        /// The best of both together, at each number of paths.
        private func joined(_ left: [Cover?], _ right: [Cover?]) -> [Cover?] {
            (0...limit).map { count in
                var best: (left: Cover, right: Cover)?
                for some in 0...count {
                    guard let one = left[some], let other = right[count - some] else { continue }
                    let excess = one.excess + other.excess
                    if best.map({ excess < $0.left.excess + $0.right.excess }) ?? true {
                        best = (one, other)
                    }
                }
                return best.map {
                    Cover(
                        paths: $0.left.paths + $0.right.paths,
                        excess: $0.left.excess + $0.right.excess)
                }
            }
        }

        /// A page is asked for by the address of its folder too.
        private func paths(to file: [UInt8]) -> [String] {
            let isIndex = file[place.count...].elementsEqual(SiteLayout.front.utf8)
            return [address(of: file)] + (isIndex ? [address(of: place)] : [])
        }

        /// Encoded where it is not ASCII or unsafe by RFC 1738, and nowhere else, as CloudFront
        /// compares addresses.
        private func address(of path: [UInt8]) -> String {
            let unsafe = Array("\"<>#%{}|\\^~[]`".utf8)
            let digits = Array("0123456789ABCDEF".utf8)
            var encoded: [UInt8] = []
            for byte in path {
                if byte <= 0x20 || byte >= 0x7F || unsafe.contains(byte) {
                    encoded += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
                } else {
                    encoded.append(byte)
                }
            }
            return base + String(decoding: encoded, as: UTF8.self)
        }
    }
}
