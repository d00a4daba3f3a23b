"""--mode opencl on the command line: the devices, and what is said where there is none."""

import os
import re
import subprocess

import pytest

NONE = {"OCL_ICD_VENDORS": "/dev/null/none"}  # no driver is found


@pytest.fixture
def device(lutist):
    """The line of doctor for the first device; skips the test, with the reason, without one."""
    lines = [line for line in lutist("doctor").stdout.splitlines() if line.startswith("opencl")]
    if lines[0].startswith("opencl: "):
        pytest.skip(lines[0])
    return lines[0]


def test_a_batch_has_the_bits_of_parallel(lutist, picture, tmp_path, device):
    picture("a.png", size=(700, 500))
    for mode in "parallel", "opencl":
        done = lutist("batch", "a.png", "-p", "gamma=1.3", "--mode", mode, "-o", mode)
        assert done.returncode == 0, done.stderr
    files = [(tmp_path / mode / "a.png").read_bytes() for mode in ("parallel", "opencl")]
    assert files[0] == files[1]


def test_doctor_lists_devices_that_can_be_chosen(lutist, picture, device):
    picture("a.png")
    found = re.fullmatch(r"opencl device 1: (.+) \((.+)\), (\d+) units?, [\d.]+ GB", device)
    assert found, device
    for wanted in "1", found[1][2:7].upper():
        words = ["-o", "out", "--overwrite", "--mode", "opencl", "--device", wanted]
        assert lutist("batch", "a.png", *words).returncode == 0
    done = lutist("batch", "a.png", "-o", "b", "--mode", "opencl", "--device", "none such")
    assert done.returncode == 2
    assert "--device 'none such': OpenCL has no such device here, but 1: " in done.stderr


def test_memory_may_be_left_to_others(lutist, picture, tmp_path, device):
    env = {"LUTIST_DEVICE_MEMORY": "0.5"}
    assert re.search("^opencl device 1: .* 0.0 GB", lutist("doctor", env=env).stdout, re.M)
    picture("a.png", size=(700, 500))  # goes there in many bands
    for mode in "parallel", "opencl":
        done = lutist("batch", "a.png", "-s", "mono", "--mode", mode, "-o", mode, env=env)
        assert done.returncode == 0, done.stderr
    files = [(tmp_path / mode / "a.png").read_bytes() for mode in ("parallel", "opencl")]
    assert files[0] == files[1]


def test_without_a_driver_the_kernels_are_not_checked(lutist_path):
    """It is told before the looks are measured, which goes on."""
    command = [lutist_path, "bench", "kernels", "--verify", "--megapixels", "1"]
    with subprocess.Popen(
        command, env={**os.environ, **NONE}, stdout=subprocess.PIPE, text=True
    ) as bench:
        told = next(line for line in bench.stdout if line.startswith("opencl"))
        more = next(bench.stdout)
        bench.kill()
    assert re.match("opencl: not checked: .*pocl-opencl-icd", told)
    assert more.startswith("memcpy")


def test_a_kernel_is_compiled_once(lutist, picture, tmp_path, device):
    picture("a.png")
    env = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    words = "batch", "a.png", "-p", "gamma=1.3", "--mode", "opencl", "--overwrite", "-o", "out"
    folder = tmp_path / "cache" / "lutist" / "opencl"
    (tmp_path / "cache").mkdir()
    made = []
    for damage in (False, True, False):
        assert lutist(*words, env=env).returncode == 0
        (file,) = folder.iterdir()
        made.append((file.stat().st_ino, file.read_bytes()))
        if damage:
            file.write_bytes(made[0][1][:-7])  # it is made anew
    assert made[0] == made[1] and made[2][0] != made[0][0]


def test_without_a_driver_all_says_what_to_install(lutist, picture, tmp_path):
    picture("a.png")
    done = lutist("batch", "a.png", "-o", "out", "--mode", "opencl", env=NONE)
    assert (done.returncode, done.stdout) == (4, "") and done.stderr.count("\n") == 1
    assert "pocl-opencl-icd" in done.stderr and not (tmp_path / "out").exists()
    assert "pocl-opencl-icd" in re.search("^opencl: .*", lutist("doctor", env=NONE).stdout, re.M)[0]
    done = lutist("bench", "modes", "a.png", env=NONE)
    assert done.returncode == 0, done.stderr
    assert re.search(r"^opencl +cannot run: .*pocl-opencl-icd", done.stdout, re.M)
    assert lutist("batch", "a.png", "-o", "out", env=NONE).returncode == 0


def test_without_a_loader_all_else_works(lutist, picture, tmp_path):
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "libOpenCL.so.1").touch()
    env = {"LD_LIBRARY_PATH": str(tmp_path / "lib")}
    picture("a.png")
    done = lutist("batch", "a.png", "-o", "out", "--mode", "opencl", env=env)
    assert done.returncode == 4
    assert "pocl-opencl-icd" in done.stderr
    assert lutist("batch", "a.png", "-o", "out", env=env).returncode == 0


@pytest.mark.parametrize("call", ["clCreateContext", "clBuildProgram", "clFinish"])
def test_a_failing_device_leaves_work_to_the_processor(
    lutist, picture, tmp_path, fake_opencl, call
):
    """Or ends the run before it began, where it cannot be opened."""
    names = [picture(f"{i}.png", size=(700, 500), seed=i).name for i in range(3)]
    env = {**fake_opencl, "FAKE_OPENCL_FAIL": f"{call}:1", "XDG_CACHE_HOME": "/dev/null/none"}
    words = "-p", "gamma=1.3"
    done = lutist("batch", *names, *words, "-o", "got", "--mode", "opencl", env=env)
    assert done.stderr.count(f"fake device: OpenCL: {call} failed: ") == 1
    if call == "clCreateContext":
        assert done.returncode == 4 and not (tmp_path / "got").exists()
        return
    assert done.returncode == 0 and "the processor goes on" in done.stderr
    assert lutist("batch", *names, *words, "-o", "wanted").returncode == 0
    for name in names:
        files = [(tmp_path / folder / name).read_bytes() for folder in ("got", "wanted")]
        assert files[0] == files[1], name
