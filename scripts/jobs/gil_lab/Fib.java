/** java Fib N COUNT THREADS: fib(N) COUNT times; prints the sum, wall and CPU seconds. */
public class Fib {
    static long fib(int n) {
        return n < 2 ? n : fib(n - 1) + fib(n - 2);
    }

    static double cpuSeconds() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    public static void main(String[] args) throws InterruptedException {
        int n = Integer.parseInt(args[0]), count = Integer.parseInt(args[1]);
        var threads = new Thread[Integer.parseInt(args[2])];
        var sums = new long[threads.length];
        double cpu = cpuSeconds();
        long begin = System.nanoTime();
        for (int t = 0; t < threads.length; t++) {
            int first = t;
            threads[t] = new Thread(() -> {
                for (int i = first; i < count; i += threads.length) sums[first] += fib(n);
            });
            threads[t].start();
        }
        for (var thread : threads) thread.join();
        double wall = (System.nanoTime() - begin) / 1e9;
        long sum = java.util.Arrays.stream(sums).sum();
        System.out.println(sum + " " + wall + " " + (cpuSeconds() - cpu));
    }
}
