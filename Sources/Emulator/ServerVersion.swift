/// What `understudy version` and the control API say.
package enum ServerVersion {
    package static let text = "0.1.0"
}
