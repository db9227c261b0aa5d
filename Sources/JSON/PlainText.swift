/// Copying of what needs no escape in a string.
enum PlainText {
    /// Copies the bytes before the first one that must be escaped in a string, and says how many they were.
    ///
    /// Looks at and copies eight bytes at a time. What is left at the end is copied together with some bytes before
    /// it once more, which is quicker than byte by byte. There must be room for all of `utf8`.
    @inline(__always)
    static func copyPrefix(of utf8: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt8>) -> Int {
        guard let base = utf8.baseAddress else { return 0 }
        let source = UnsafeRawPointer(base)
        let length = utf8.count
        var index = 0
        while index &+ 8 <= length {
            let special = copyWord(from: source, to: target, at: index)
            guard special == 0 else { return index &+ special.trailingZeroBitCount / 8 }
            index &+= 8
        }
        guard index < length else { return length }
        if length >= 8 {
            let special = copyWord(from: source, to: target, at: length &- 8)
            return special == 0 ? length : length &- 8 &+ special.trailingZeroBitCount / 8
        }
        if length >= 4, copyHalfWords(from: source, to: target, length: length) == 0 { return length }
        while index < length {
            let byte = base[index]
            guard !ByteWord.needsEscape(byte) else { break }
            target[index] = byte
            index &+= 1
        }
        return index
    }

    /// Copies a short text, for which a call of the library would take longer.
    @inline(__always)
    static func copy(_ source: UnsafeRawPointer, _ length: Int, to target: UnsafeMutablePointer<UInt8>) {
        let target = UnsafeMutableRawPointer(target)
        if length >= 8 {
            var index = 0
            while index &+ 8 < length {
                copyPart(of: source, to: target, at: index, as: UInt64.self)
                index &+= 8
            }
            return copyPart(of: source, to: target, at: length &- 8, as: UInt64.self)
        }
        if length >= 4 {
            copyPart(of: source, to: target, at: 0, as: UInt32.self)
            return copyPart(of: source, to: target, at: length &- 4, as: UInt32.self)
        }
        for index in 0..<length { copyPart(of: source, to: target, at: index, as: UInt8.self) }
    }

    @inline(__always)
    private static func copyPart<Word: FixedWidthInteger & BitwiseCopyable>(
        of source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, at offset: Int, as word: Word.Type
    ) {
        target.storeBytes(of: source.loadUnaligned(fromByteOffset: offset, as: word), toByteOffset: offset, as: word)
    }

    /// Copies eight bytes to the same offset of the target; nonzero when one of them must be escaped.
    @inline(__always)
    private static func copyWord(
        from source: UnsafeRawPointer, to target: UnsafeMutablePointer<UInt8>, at offset: Int
    ) -> UInt64 {
        let word = source.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        UnsafeMutableRawPointer(target).storeBytes(of: word, toByteOffset: offset, as: UInt64.self)
        return ByteWord.needingEscape(in: UInt64(littleEndian: word))
    }

    /// Copies four to seven bytes, as the first four and the last four; nonzero when one must be escaped.
    @inline(__always)
    private static func copyHalfWords(
        from source: UnsafeRawPointer, to target: UnsafeMutablePointer<UInt8>, length: Int
    ) -> UInt64 {
        let first = source.loadUnaligned(as: UInt32.self)
        let last = source.loadUnaligned(fromByteOffset: length &- 4, as: UInt32.self)
        UnsafeMutableRawPointer(target).storeBytes(of: first, as: UInt32.self)
        UnsafeMutableRawPointer(target).storeBytes(of: last, toByteOffset: length &- 4, as: UInt32.self)
        return ByteWord.needingEscape(in: UInt64(first) | UInt64(last) << 32)
    }
}
