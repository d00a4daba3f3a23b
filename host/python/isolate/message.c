#include "python/isolate/message.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

enum {
    MAGIC = 0x6c757469, /* "luti" */
    SMALL = 16 << 10,   /* contents that follow on the socket */
    SEALS = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL,
};

typedef struct Head {
    uint32_t magic, kind, number, shared;
    uint64_t size;
} Head;

static bool is_closed(Err *err)
{
    err_set(err, ERR_SCRIPT, "the connection is closed");
    return err_code(err, EPIPE);
}

static bool is_garbage(Err *err)
{
    err_set(err, ERR_SCRIPT, "the script's process sent an invalid answer");
    return err_code(err, EPROTO);
}

/* After a call on the socket has failed. True: try again. */
static bool may_retry(const MessageEnd *end, short events, Err *err)
{
    if (errno == EINTR)
        return true;
    if (errno != EAGAIN && errno != EWOULDBLOCK)
        return is_closed(err);
    if (end->wait)
        return end->wait(end->context, events, err);
    poll(&(struct pollfd){.fd = end->socket, .events = events}, 1, -1);
    return true;
}

/* A message's head may carry one descriptor. */
typedef union Control {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr align;
} Control;

static void attach(struct msghdr *message, Control *control, int file)
{
    memset(control, 0, sizeof *control);
    message->msg_control = control->bytes;
    message->msg_controllen = sizeof control->bytes;
    struct cmsghdr *part = CMSG_FIRSTHDR(message);
    part->cmsg_level = SOL_SOCKET;
    part->cmsg_type = SCM_RIGHTS;
    part->cmsg_len = CMSG_LEN(sizeof file);
    memcpy(CMSG_DATA(part), &file, sizeof file);
}

/* `file` goes with the first byte; -1: none. */
static bool send_all(const MessageEnd *end, const void *bytes, size_t size, int file,
                     Err *err)
{
    const char *at = bytes;
    for (size_t sent = 0; sent < size;) {
        Control control;
        struct iovec part = {(char *)at + sent, size - sent};
        struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
        if (file >= 0 && sent == 0)
            attach(&message, &control, file);
        ssize_t n = sendmsg(end->socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (n > 0)
            sent += (size_t)n;
        else if (!may_retry(end, POLLOUT, err))
            return false;
    }
    return true;
}

static bool write_all(int file, const Pack *contents)
{
    for (size_t done = 0; done < contents->size;) {
        ssize_t n = write(file, contents->data + done, contents->size - done);
        if (n == 0 || (n < 0 && errno != EINTR))
            return false;
        done += n > 0 ? (size_t)n : 0;
    }
    return fcntl(file, F_ADD_SEALS, SEALS) == 0;
}

/* -1: *err is set. */
static int memory_file(const Pack *contents, Err *err)
{
    int file = memfd_create("lutist", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (file >= 0 && write_all(file, contents))
        return file;
    err_set_errno(err, ERR_MEMORY, errno, "memory for another process");
    if (file >= 0)
        close(file);
    return -1;
}

static bool send_shared(const MessageEnd *end, const Head *head, const Pack *contents,
                        Err *err)
{
    int file = memory_file(contents, err);
    bool good = file >= 0 && send_all(end, head, sizeof *head, file, err);
    if (file >= 0)
        close(file);
    return good;
}

bool message_send(const MessageEnd *end, MessageKind kind, uint32_t number,
                  const Pack *contents, Err *err)
{
    if (contents->starved || contents->size > MESSAGE_MOST)
        return err_set(err, ERR_MEMORY, "out of memory: tables of %zu bytes and more",
                       contents->size);
    Head head = {MAGIC, kind, number, contents->size > SMALL, contents->size};
    if (head.shared)
        return send_shared(end, &head, contents, err);
    return send_all(end, &head, sizeof head, -1, err) &&
           send_all(end, contents->data, contents->size, -1, err);
}

/* The descriptors of one control message: the first one that comes is kept. */
static void take_files(const struct cmsghdr *part, int *file)
{
    size_t size = part->cmsg_len - CMSG_LEN(0);
    for (size_t at = 0; at + sizeof(int) <= size; at += sizeof(int)) {
        int came;
        memcpy(&came, CMSG_DATA(part) + at, sizeof came);
        if (*file >= 0)
            close(came);
        else
            *file = came;
    }
}

/* The descriptor of a message; surplus ones are closed. The room for one has room for
 * two, because it is aligned. */
static void take_file(struct msghdr *message, int *file)
{
    for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part;
         part = CMSG_NXTHDR(message, part))
        if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_RIGHTS)
            take_files(part, file);
}

/* A descriptor that comes with the bytes goes to *file; where that is NULL, the kernel
 * closes it. */
static bool receive_all(const MessageEnd *end, void *bytes, size_t size, int *file,
                        Err *err)
{
    char *at = bytes;
    for (size_t got = 0; got < size;) {
        Control control;
        struct iovec part = {at + got, size - got};
        struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
        if (file) {
            message.msg_control = control.bytes;
            message.msg_controllen = sizeof control.bytes;
        }
        ssize_t n = recvmsg(end->socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
        if (n >= 0 && file)
            take_file(&message, file);
        if (n == 0)
            return is_closed(err);
        if (n > 0)
            got += (size_t)n;
        else if (!may_retry(end, POLLIN, err))
            return false;
    }
    return true;
}

/* Only a memory file has seals; of another one a read might not return. */
static bool read_shared(int file, uint8_t *data, size_t size, Err *err)
{
    struct stat facts;
    int seals = fcntl(file, F_GET_SEALS);
    if (seals < 0 || (seals & SEALS) != SEALS || fstat(file, &facts) != 0 ||
        facts.st_size != (off_t)size)
        return is_garbage(err);
    for (size_t done = 0; done < size;) {
        ssize_t n = pread(file, data + done, size - done, (off_t)done);
        if (n == 0 || (n < 0 && errno != EINTR))
            return is_garbage(err);
        done += n > 0 ? (size_t)n : 0;
    }
    return true;
}

static bool is_possible(const Head *head, int file)
{
    bool large = head->size > SMALL;
    return head->magic == MAGIC && head->kind < MESSAGE_KINDS &&
           head->shared == (uint32_t)large && (file >= 0) == large &&
           head->size <= MESSAGE_MOST;
}

static bool receive_contents(const MessageEnd *end, const Head *head, int file,
                             Message *message, Err *err)
{
    if (!is_possible(head, file))
        return is_garbage(err);
    uint8_t *data = mem_alloc(head->size, err);
    if (!data)
        return false;
    if (!(head->shared ? read_shared(file, data, head->size, err)
                       : receive_all(end, data, head->size, NULL, err))) {
        mem_free(data);
        return false;
    }
    *message = (Message){(MessageKind)head->kind, head->number, data, head->size};
    return true;
}

bool message_receive(const MessageEnd *end, Message *message, Err *err)
{
    Head head;
    int file = -1;
    bool good = receive_all(end, &head, sizeof head, &file, err) &&
                receive_contents(end, &head, file, message, err);
    if (file >= 0)
        close(file);
    return good;
}

void message_clear(Message *message)
{
    mem_free(message->data);
    *message = (Message){0};
}
