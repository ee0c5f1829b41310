/// What took a post out.
enum PostRemoval {
    case deletion
    case accountRemoval

    func count(in read: inout ReadCounts) {
        switch self {
        case .deletion: read.deleted += 1
        case .accountRemoval: read.removedWithAccount += 1
        }
    }
}
