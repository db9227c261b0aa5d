/// Which part of a search's matches is wanted.
package struct PageRange: Hashable, Sendable {
    /// 0: all.
    package var limit: Int
    package var offset: Int

    package init(limit: Int, offset: Int) {
        self.limit = limit
        self.offset = offset
    }

    /// Counts all matches, and keeps those of the page.
    func page<Element>(
        of elements: some Sequence<Element>, where isMeant: (Element) -> Bool
    ) -> Page<Element> {
        var page = Page<Element>(total: 0, elements: [])
        for element in elements where isMeant(element) {
            page.total += 1
            if page.total > offset, limit == 0 || page.elements.count < limit { page.elements.append(element) }
        }
        return page
    }
}

/// Some of the matches of a search, and how many there are in all.
package struct Page<Element: Sendable>: Sendable {
    package internal(set) var total: Int
    package internal(set) var elements: [Element]
}

extension Page {
    func map<Other>(_ transform: (Element) -> Other) -> Page<Other> {
        Page<Other>(total: total, elements: elements.map(transform))
    }
}
