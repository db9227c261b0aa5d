import Glibc

extension StandardStream {
    /// Columns of the terminal: what `COLUMNS` says, or the terminal itself, and 80 for files and pipes.
    package var columns: Int {
        if let said = ProcessEnvironment.value("COLUMNS").flatMap(Int.init), said > 0 { return said }
        var size = winsize()
        let isTerminal = ioctl(number, UInt(TIOCGWINSZ), &size) == 0
        return isTerminal && size.ws_col > 0 ? Int(size.ws_col) : 80
    }
}

/// Variables of the process's environment.
package enum ProcessEnvironment {
    package static func value(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
