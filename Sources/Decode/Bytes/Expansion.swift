/// How much has come out of how little.
///
/// A file may be made so that it never ends: terabytes out of kilobytes. Posts pack to a tenth or a
/// twentieth, gzip at its best to a thousandth.
final class Expansion {
    /// Whatever comes out of, at most: 1 GiB.
    private static let always = 1 << 30
    private static let most = 1000

    private var taken = 0
    private var given = 0

    /// Tells of bytes read from the file.
    func take(_ byteCount: Int) { taken += byteCount }

    /// Tells of bytes made of them; throws if these are too many.
    func give(_ byteCount: Int, path: String) throws(DecodeError) {
        given += byteCount
        guard given <= Self.always || given / Self.most <= taken else {
            throw .refused(
                path: path,
                reason: "unpacks to more than \(Self.most) times its size, which no posts do; "
                    + "it was made to fill a machine, and is not read")
        }
    }
}
