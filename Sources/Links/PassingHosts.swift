/// Hosts that only pass a reader on: what is behind their addresses is not seen in them, and can be changed.
enum PassingHosts {
    /// Shorteners and redirectors, each with all below it.
    static let names: Set<String> = [
        // Shorteners for anybody.
        "adf.ly", "bit.do", "bit.ly", "bitly.com", "bl.ink", "buff.ly", "clck.ru", "cli.re",
        "cutt.ly",
        "dlvr.it", "dub.sh", "fal.cn", "flip.it", "geni.us", "goo.gl", "hubs.la", "hubs.ly",
        "ift.tt",
        "is.gd", "j.mp", "kutt.it", "lnk.bio", "lnk.to", "lnkd.in", "mcaf.ee", "ouo.io", "ow.ly",
        "po.st", "qr.ae", "rb.gy", "rebrand.ly", "rebrandly.com", "s.id", "shar.es", "shor.by",
        "short.gy", "short.io", "shorturl.asia", "shorturl.at", "smarturl.it", "snip.ly", "soo.gd",
        "spr.ly", "surl.li", "t.co", "t.ly", "tiny.cc", "tiny.one", "tinyurl.com", "trib.al",
        "u.to",
        "urlz.fr", "v.gd", "vk.cc", "x.gd", "zpr.io",
        // Of one site each.
        "a.co", "abcn.ws", "amzn.asia", "amzn.eu", "amzn.to", "apple.co", "bbc.in", "bloom.bg",
        "cbsn.ws", "cnb.cx", "cnet.co", "cnn.it", "ebay.us", "econ.st", "engt.co", "etsy.me",
        "fb.me",
        "fb.watch", "forms.gle", "fxn.ws", "g.co", "gu.com", "huffp.st", "lat.ms", "msft.it",
        "n.pr", "nbcnews.to", "nyti.ms", "on.ft.com", "on.soundcloud.com", "on.wsj.com",
        "p.dw.com", "politi.co", "redd.it", "reut.rs", "search.app", "share.google", "spoti.fi",
        "spotify.link", "tcrn.ch", "usat.ly", "wapo.st", "wp.me",
        // Redirectors.
        "anonym.to", "anonymz.com", "anrdoezrs.net", "away.vk.com", "dpbolvw.net", "exit.sc",
        "feedproxy.google.com", "feeds.feedburner.com", "go.redirectingat.com",
        "go.skimresources.com", "href.li", "hrefli.com", "jdoqocy.com", "kqzyfj.com",
        "l.facebook.com",
        "l.instagram.com", "l.messenger.com", "l.threads.com", "l.threads.net", "lm.facebook.com",
        "nullrefer.com", "nullreferer.com", "out.reddit.com", "r.search.yahoo.com",
        "safelinks.protection.outlook.com", "slack-redir.net", "t.umblr.com", "tkqlhce.com",
        "urldefense.com", "urldefense.proofpoint.com",
    ]

    /// Redirectors on hosts that are more than that: what their paths begin with.
    private static let paths: [String: [String]] = [
        "google.com": ["/url", "/amp/", "/aclk"],
        "news.google.com": ["/rss/articles/", "/articles/", "/read/"],
        "youtube.com": ["/redirect"], "facebook.com": ["/l.php"], "vk.com": ["/away.php"],
        "steamcommunity.com": ["/linkfilter"], "linkedin.com": ["/redir", "/safety/go"],
        "bing.com": ["/ck/"], "duckduckgo.com": ["/l/"], "tumblr.com": ["/redirect"],
        "deviantart.com": ["/users/outgoing"], "patreon.com": ["/redirect"],
    ]

    static func passOn(_ address: LinkAddress) -> Bool {
        let host = address.host.hasPrefix("www.") ? String(address.host.dropFirst(4)) : address.host
        return paths[host]?.contains { address.path.hasPrefix($0) } ?? false
    }
}
