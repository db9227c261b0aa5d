// What Glibc's Swift module does not import, or imports in a form that Swift cannot call.
// Every function is a thin `static inline`; errors stay in `errno` and are read by Platform's one wrapper.
// What needs `_GNU_SOURCE` is in CPosix.c: the macro changes the layout of types that Swift imports through Dispatch.
#pragma once
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

// epoll and eventfd -------------------------------------------------------------------------------------------------

static inline int posix_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }
static inline int posix_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

/// `edge` asks for edge-triggered input and output; otherwise input only, level-triggered.
static inline int posix_epoll_add(int ep, int fd, uint64_t data, int edge) {
    struct epoll_event event;
    memset(&event, 0, sizeof event);
    event.events = edge ? (EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET) : EPOLLIN;
    event.data.u64 = data;
    return epoll_ctl(ep, EPOLL_CTL_ADD, fd, &event);
}
static inline int posix_epoll_delete(int ep, int fd) { return epoll_ctl(ep, EPOLL_CTL_DEL, fd, NULL); }
static inline uint64_t posix_event_data(const struct epoll_event *event) { return event->data.u64; }

enum { POSIX_READABLE = 1, POSIX_WRITABLE = 2, POSIX_PEER_ENDED = 4, POSIX_FAILED = 8 };
/// The event as the four bits above. `EPOLLHUP` means that both directions are over, so the peer has ended as well.
static inline uint32_t posix_event_bits(const struct epoll_event *event) {
    uint32_t bits = 0;
    if (event->events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) bits |= POSIX_READABLE;
    if (event->events & EPOLLOUT) bits |= POSIX_WRITABLE;
    if (event->events & (EPOLLRDHUP | EPOLLHUP)) bits |= POSIX_PEER_ENDED;
    if (event->events & EPOLLERR) bits |= POSIX_FAILED;
    return bits;
}

// Sockets -----------------------------------------------------------------------------------------------------------

static inline int posix_socket(int family, int nonblocking) {
    return socket(family, SOCK_STREAM | SOCK_CLOEXEC | (nonblocking ? SOCK_NONBLOCK : 0), 0);
}
static inline int posix_bind(int fd, const struct sockaddr_storage *address, socklen_t length) {
    return bind(fd, (const struct sockaddr *)address, length);
}
static inline int posix_connect(int fd, const struct sockaddr_storage *address, socklen_t length) {
    return connect(fd, (const struct sockaddr *)address, length);
}
/// Non-blocking, close-on-exec.
int posix_accept(int fd, struct sockaddr_storage *address, socklen_t *length);
static inline int posix_local_address(int fd, struct sockaddr_storage *address, socklen_t *length) {
    *length = sizeof *address;
    return getsockname(fd, (struct sockaddr *)address, length);
}
static inline ssize_t posix_receive(int fd, void *bytes, size_t count) { return recv(fd, bytes, count, 0); }
static inline ssize_t posix_send(int fd, const void *bytes, size_t count) {
    return send(fd, bytes, count, MSG_NOSIGNAL);
}
static inline int posix_shutdown_write(int fd) { return shutdown(fd, SHUT_WR); }
static inline int posix_shutdown_read(int fd) { return shutdown(fd, SHUT_RD); }

static inline int posix_set_no_delay(int fd) {
    int on = 1;
    return setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}
static inline int posix_set_reuse_address(int fd) {
    int on = 1;
    return setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
}
/// The next close sends RST and throws away what is unsent.
static inline int posix_set_reset_on_close(int fd) {
    struct linger linger = {.l_onoff = 1, .l_linger = 0};
    return setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
}
static inline int posix_set_receive_buffer(int fd, int bytes) {
    return setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}
static inline int posix_set_send_buffer(int fd, int bytes) {
    return setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
}
/// Takes the pending error of the socket, 0 if there is none.
static inline int posix_take_error(int fd) {
    int error = 0;
    socklen_t length = sizeof error;
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) != 0) return errno;
    return error;
}
static inline int posix_set_nonblocking(int fd) {
    int flags = fcntl(fd, F_GETFL, 0);
    return flags < 0 ? flags : fcntl(fd, F_SETFL, flags | O_NONBLOCK);
}
/// Waits for one descriptor: for bytes to read, for room to write, or for either.
static inline int posix_wait(int fd, int input, int output, int milliseconds) {
    struct pollfd entry = {.fd = fd, .events = (input ? POLLIN : 0) | (output ? POLLOUT : 0), .revents = 0};
    return poll(&entry, 1, milliseconds);
}
static inline int posix_spare(void) { return open("/dev/null", O_RDONLY | O_CLOEXEC); }

// Addresses ---------------------------------------------------------------------------------------------------------

/// A stream address for `host` (a name or a literal; NULL is refused by callers) and `service`; the result is freed
/// with freeaddrinfo. `passive` is for listening.
static inline int posix_resolve(const char *host, const char *service, int passive, struct addrinfo **list) {
    struct addrinfo hints;
    memset(&hints, 0, sizeof hints);
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV | (passive ? AI_PASSIVE : 0);
    return getaddrinfo(host, service, &hints, list);
}
static inline void posix_copy_address(const struct addrinfo *entry, struct sockaddr_storage *address) {
    memset(address, 0, sizeof *address);
    memcpy(address, entry->ai_addr, entry->ai_addrlen);
}
/// Writes the numeric host into `text` (of `capacity` bytes) and the port into `port`; 0 on success.
static inline int posix_numeric_host(const struct sockaddr_storage *address, char *text, size_t capacity,
                                     uint16_t *port) {
    socklen_t length = address->ss_family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
    if (address->ss_family == AF_INET6) *port = ntohs(((const struct sockaddr_in6 *)address)->sin6_port);
    else if (address->ss_family == AF_INET) *port = ntohs(((const struct sockaddr_in *)address)->sin_port);
    else return -1;
    return getnameinfo((const struct sockaddr *)address, length, text, (socklen_t)capacity, NULL, 0, NI_NUMERICHOST);
}

// Files and the rest ------------------------------------------------------------------------------------------------

/// How many cores this process may run on; -1 with errno when that cannot be found out.
int posix_core_count(void);
/// Raises the limit of open descriptors to `wanted`, or as far as it goes. Returns what it is then, -1 if unknown.
long posix_raise_descriptor_limit(long wanted);
static inline int posix_open_to_read(const char *path) { return open(path, O_RDONLY | O_CLOEXEC); }
static inline int posix_open_to_write(const char *path) {
    return open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
}
static inline ssize_t posix_random(void *bytes, size_t count) { return getrandom(bytes, count, 0); }
/// A new file that nobody else made, for its owner only until the mode is set.
static inline int posix_open_new(const char *path) {
    return open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
}
