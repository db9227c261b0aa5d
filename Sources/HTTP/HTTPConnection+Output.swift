import Platform

extension HTTPConnection {
    /// Sends as much as the kernel takes; when all is sent, does what was to happen then.
    func flush(on loop: isolated EventLoop) {
        if let filter, !output.isEmpty {
            do {
                let plain = output
                try filter.send(plain.span, wire: &wire)
                output.removeAll(keepingCapacity: true)
            } catch {
                return disconnect(on: loop)
            }
        }
        switch filter == nil ? send(&output, on: loop) : send(&wire, on: loop) {
        case .done: break
        case .blocked: return
        // Not inside of `send`: it has the buffer to itself, which ending the connection gives up.
        case .broken: return disconnect(on: loop)
        }
        giveBackOutput()
        if var delivery = slow, delivery.next == nil {
            delivery.next = loop.now.advanced(by: delivery.pause)
            slow = delivery
        }
        guard case .ending(let ending) = phase else { return }
        switch ending {
        case .reset: disconnect(on: loop, reset: true)
        case .close: close(on: loop)
        case .linger: clientHasEnded ? close(on: loop) : beginLinger(on: loop)
        }
    }

    private enum Sending {
        /// Everything has been sent.
        case done
        case blocked
        case broken
    }

    private func send(_ bytes: inout [UInt8], on loop: isolated EventLoop) -> Sending {
        if sent == 0 { sendingSince = loop.now }
        while sent < bytes.count {
            let result = bytes.withUnsafeBytes { socket.send(UnsafeRawBufferPointer(rebasing: $0[sent...])) }
            switch result {
            case .bytes(let count):
                sent += count
                lastProgress = loop.now
            case .wouldBlock: return .blocked
            case .ended, .failed: return .broken
            }
        }
        if sent > 0 {
            waitingSince = max(waitingSince, waitingFor == .request ? loop.now : waitingSince)
            sent = 0
            bytes.removeAll(keepingCapacity: true)
        }
        return .done
    }

    /// Connections that write are lent a buffer.
    func borrowOutput() {
        if output.capacity == 0, let buffer = state.spareOutputs.take() { output = buffer }
    }

    /// An idle connection holds no memory for output.
    private func giveBackOutput() {
        guard output.isEmpty, output.capacity > 0 else { return }
        var buffer: [UInt8] = []
        swap(&buffer, &output)
        state.spareOutputs.put(buffer)
    }
}
