/* Messages between a host and a script's process: whole, or refused. */
#include "cm.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "python/isolate/message.h"

static void open_pair(int ends[2])
{
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
}

static void close_pair(const int ends[2])
{
    close(ends[0]);
    close(ends[1]);
}

static void expect_round_trip(size_t size)
{
    int ends[2];
    Err err = {0};
    Message message;
    Pack pack = {0};
    open_pair(ends);
    MessageEnd from = {.socket = ends[0]}, to = {.socket = ends[1]};
    for (size_t i = 0; i < size; i++)
        pack_bytes(&pack, &(uint8_t){(uint8_t)(i * 7)}, 1);
    assert_true(message_send(&from, MESSAGE_EVAL, 42, &pack, &err));
    assert_true(message_receive(&to, &message, &err));
    assert_int_equal(message.kind, MESSAGE_EVAL);
    assert_int_equal(message.number, 42);
    assert_int_equal(message.size, size);
    assert_true(size == 0 || memcmp(message.data, pack.data, size) == 0);
    message_clear(&message);
    pack_term(&pack);
    close_pair(ends);
}

static void test_messages_arrive(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 100, 16 << 10, (16 << 10) + 1, 3000000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        expect_round_trip(sizes[i]);
}

/* As message.c has it. */
typedef struct Head {
    uint32_t magic, kind, number, shared;
    uint64_t size;
} Head;

static const Head LARGE = {0x6c757469, MESSAGE_DONE, 1, 1, 100000};

enum { MOST_FILES = 4 };

/* The head with `n` files in one control message; 0: without one. */
static void send_files(int socket, const Head *head, const int *files, size_t n)
{
    union {
        char bytes[CMSG_SPACE(MOST_FILES * sizeof(int))];
        struct cmsghdr align;
    } control = {{0}};
    struct iovec part = {(void *)head, sizeof *head};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (n > 0) {
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(n * sizeof *files);
        struct cmsghdr *first = CMSG_FIRSTHDR(&message);
        first->cmsg_level = SOL_SOCKET;
        first->cmsg_type = SCM_RIGHTS;
        first->cmsg_len = CMSG_LEN(n * sizeof *files);
        memcpy(CMSG_DATA(first), files, n * sizeof *files);
    }
    assert_int_equal(sendmsg(socket, &message, 0), sizeof *head);
}

/* The head with this file (-1: none), and the end of the connection. Takes `file`. */
static int code_of(const Head *head, int file)
{
    int ends[2];
    Err err = {0};
    Message message = {0};
    open_pair(ends);
    MessageEnd to = {.socket = ends[1]};
    send_files(ends[0], head, &file, file >= 0);
    shutdown(ends[0], SHUT_WR);
    bool good = message_receive(&to, &message, &err);
    message_clear(&message);
    close_pair(ends);
    if (file >= 0)
        close(file);
    return good ? 0 : err.code;
}

static int memory_file(size_t size, int seals)
{
    int file = memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    assert_true(file >= 0);
    assert_int_equal(ftruncate(file, (off_t)size), 0);
    assert_int_equal(fcntl(file, F_ADD_SEALS, seals), 0);
    return file;
}

static int pipe_end(void)
{
    int ends[2];
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    close(ends[1]);
    return ends[0];
}

static void test_what_is_no_message_is_refused(void **state)
{
    (void)state;
    const int all = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
    Head head = LARGE;
    assert_int_equal(code_of(&head, memory_file(100000, all)), 0);
    assert_int_equal(code_of(&head, memory_file(99999, all)), EPROTO);
    assert_int_equal(code_of(&head, memory_file(100000, F_SEAL_GROW)), EPROTO);
    assert_int_equal(code_of(&head, -1), EPROTO);
    assert_int_equal(code_of(&head, pipe_end()), EPROTO);
    assert_int_equal(code_of(&head, open("/dev/zero", O_RDONLY | O_CLOEXEC)), EPROTO);
    head.size = UINT64_MAX;
    assert_int_equal(code_of(&head, memory_file(100000, all)), EPROTO);
    head.size = 10; /* it would follow on the socket */
    assert_int_equal(code_of(&head, memory_file(10, all)), EPROTO);
    head.shared = 0;
    assert_int_equal(code_of(&head, memory_file(10, all)), EPROTO);
    assert_int_equal(code_of(&head, -1), EPIPE); /* it does not follow */
    head = LARGE;
    head.kind = MESSAGE_KINDS;
    assert_int_equal(code_of(&head, memory_file(100000, all)), EPROTO);
    head = LARGE;
    head.magic++;
    assert_int_equal(code_of(&head, memory_file(100000, all)), EPROTO);
}

static int open_files(void)
{
    int count = 0;
    for (int file = 0; file < 1024; file++)
        count += fcntl(file, F_GETFD) >= 0;
    return count;
}

/* The room for one descriptor holds two, because it is aligned. */
static void test_surplus_descriptors_are_closed(void **state)
{
    (void)state;
    const int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
    for (size_t n = 1; n <= MOST_FILES; n++) {
        int ends[2], files[MOST_FILES];
        Err err = {0};
        Message message = {0};
        open_pair(ends);
        for (size_t i = 0; i < n; i++)
            files[i] = memory_file(LARGE.size, seals);
        send_files(ends[0], &LARGE, files, n);
        MessageEnd to = {.socket = ends[1]};
        int before = open_files();
        assert_true(message_receive(&to, &message, &err));
        assert_int_equal(open_files(), before);
        message_clear(&message);
        for (size_t i = 0; i < n; i++)
            close(files[i]);
        close_pair(ends);
    }
}

static void test_a_closed_connection_is_told(void **state)
{
    (void)state;
    int ends[2];
    Err err = {0};
    Message message;
    Pack pack = {0};
    open_pair(ends);
    MessageEnd end = {.socket = ends[1]};
    close(ends[0]);
    assert_false(message_receive(&end, &message, &err));
    assert_int_equal(err.code, EPIPE);
    err = (Err){0};
    assert_false(message_send(&end, MESSAGE_DOC, 1, &pack, &err));
    assert_int_equal(err.code, EPIPE);
    close(ends[1]);
}

static bool give_up(void *context, short events, Err *err)
{
    (void)events;
    ++*(int *)context;
    return err_set(err, ERR_CANCELLED, "enough");
}

static void test_a_wait_ends_when_it_is_told_to(void **state)
{
    (void)state;
    int ends[2], asked = 0;
    Err err = {0};
    Message message;
    open_pair(ends);
    MessageEnd end = {ends[1], give_up, &asked};
    assert_int_equal(write(ends[0], "luti", 4), 4);
    assert_false(message_receive(&end, &message, &err));
    assert_int_equal(err.kind, ERR_CANCELLED);
    assert_int_equal(asked, 1);
    close_pair(ends);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_messages_arrive),
        cmocka_unit_test(test_what_is_no_message_is_refused),
        cmocka_unit_test(test_surplus_descriptors_are_closed),
        cmocka_unit_test(test_a_closed_connection_is_told),
        cmocka_unit_test(test_a_wait_ends_when_it_is_told_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
