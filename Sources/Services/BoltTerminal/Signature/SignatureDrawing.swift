/// The handwriting of the virtual cardholder: a line of black dots on white.
struct SignatureDrawing: Sendable {
    let width: Int
    let height: Int
    /// Row by row from the top.
    private var dots: [Bool]

    /// The points of the line, in thousandths of width and height.
    private static let line: [(x: Int, y: Int)] = [
        (60, 640), (110, 300), (150, 220), (165, 330), (140, 560), (150, 700), (200, 640), (240, 500), (260, 420),
        (250, 560), (270, 640), (320, 560), (350, 450), (365, 560), (385, 640), (430, 540), (470, 250), (485, 200),
        (470, 380), (455, 620), (490, 640), (530, 520), (560, 450), (545, 590), (570, 640), (620, 540), (650, 460),
        (660, 600), (690, 630), (760, 520), (820, 480), (900, 460), (940, 440),
    ]

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        dots = [Bool](repeating: false, count: width * height)
        for (from, to) in zip(Self.line, Self.line.dropFirst()) { draw(place(from), place(to)) }
    }

    func isBlack(_ x: Int, _ y: Int) -> Bool { x < width && y < height && dots[y * width + x] }

    private func place(_ point: (x: Int, y: Int)) -> (x: Int, y: Int) {
        (point.x * (width - 1) / 1000, point.y * (height - 1) / 1000)
    }

    /// J. E. Bresenham, "Algorithm for computer control of a digital plotter" (1965).
    private mutating func draw(_ from: (x: Int, y: Int), _ to: (x: Int, y: Int)) {
        var x = from.x
        var y = from.y
        let dx = abs(to.x - x)
        let dy = -abs(to.y - y)
        let stepX = x < to.x ? 1 : -1
        let stepY = y < to.y ? 1 : -1
        var error = dx + dy
        while true {
            dots[y * width + x] = true
            if x == to.x, y == to.y { return }
            let doubled = 2 * error
            if doubled >= dy {
                error += dy
                x += stepX
            }
            if doubled <= dx {
                error += dx
                y += stepY
            }
        }
    }
}
