import Cryptography
import JSON
import Processor

/// How a client wants a signature (reference §6).
struct SignatureForm: Sendable {
    enum Format: String, Sendable { case bmp = "BMP", png = "PNG", jpg = "JPG" }

    var format = Format.bmp
    var isZipped = true
    /// Nil: the device's own size.
    var size: (width: Int, height: Int)?
    var isColoured = false

    private static let largestSide = 999
    /// A device draws no wider than this, so that the text fits into the gateway's field.
    private static let ownWidth = 240
    private static let ownHeight = 80

    init(_ fields: BoltFields) throws(BoltFault) {
        if let text = fields.text("signatureFormat"), !text.isEmpty {
            guard let format = Format(rawValue: text.uppercased()) else {
                throw BoltFault(.invalidParameter, "signatureFormat")
            }
            self.format = format
        }
        isZipped = try fields.flag("gzipSignature", default: true)
        if let text = fields.text("signatureDimensions"), !text.isEmpty { size = try Self.size(text) }
        switch fields.text("signatureImageType")?.lowercased() {
        case nil, "", "binary": isColoured = format == .jpg
        case "rgb": isColoured = true
        default: throw BoltFault(.invalidParameter, "signatureImageType")
        }
    }

    private static func size(_ text: String) throws(BoltFault) -> (width: Int, height: Int) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0.filter { $0 != " " }) }
        guard parts.count == 2, let width = parts[0], let height = parts[1], (1...largestSide).contains(width),
            (1...largestSide).contains(height)
        else { throw BoltFault(.invalidParameter, "signatureDimensions") }
        return (width, height)
    }

    /// The image as the member `signature` holds it.
    func text(for model: TerminalModel) -> String {
        let width = size?.width ?? min(model.screenWidth, Self.ownWidth)
        let height = size?.height ?? min(model.screenHeight, Self.ownHeight)
        let drawing = SignatureDrawing(width: width, height: height)
        let image: [UInt8] =
            switch format {
            case .bmp: BitmapFile.bytes(drawing, isColoured: isColoured)
            case .png: PNGFile.bytes(drawing, isColoured: isColoured)
            case .jpg: JPEGFile.bytes(drawing)
            }
        return Base64.encode(
            isZipped ? GzipFile.bytes(image, rowDistance: BitmapFile.rowBytes(width, isColoured)) : image)
    }
}
