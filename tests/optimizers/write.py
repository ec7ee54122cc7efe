"""Writes torch.jsonl: what torch.optim makes of two programs, in float64.

    python3 tests/optimizers/write.py > tests/optimizers/torch.jsonl

The first line says with which versions. Every other line is a run as a link has it
and the parameters after each of 100 updates.
"""

import json
import platform

import torch

UPDATES = 100

PARABOLA = "param x = 2\ny = 4x^2"
ROSENBROCK = "param a = -1.2\nparam b = 1\nL = (1 - a)^2 + 100(b - a^2)^2"

PROGRAMS = {
    PARABOLA: ([2.0], lambda x: 4 * x**2),
    ROSENBROCK: ([-1.2, 1.0], lambda a, b: (1 - a) ** 2 + 100 * (b - a**2) ** 2),
}


def beta(options):
    return float(options.get("beta", 0.9))


def betas(options):
    return float(options.get("beta1", 0.9)), float(options.get("beta2", 0.999))


def eps(options, usual):
    return float(options.get("eps", usual))


# weight_decay is L2 everywhere but in AdamW.
OPTIMIZERS = {
    "gd": lambda of, o, **common: torch.optim.SGD(of, **common),
    "momentum": lambda of, o, **common: torch.optim.SGD(of, momentum=beta(o), **common),
    "nesterov": lambda of, o, **common: torch.optim.SGD(
        of, momentum=beta(o), nesterov=True, **common
    ),
    "adagrad": lambda of, o, **common: torch.optim.Adagrad(of, eps=eps(o, 1e-10), **common),
    "rmsprop": lambda of, o, **common: torch.optim.RMSprop(
        of, alpha=float(o.get("rho", 0.9)), eps=eps(o, 1e-8), **common
    ),
    "adam": lambda of, o, **common: torch.optim.Adam(
        of, betas=betas(o), eps=eps(o, 1e-8), **common
    ),
    "adamw": lambda of, o, lr, **none: torch.optim.AdamW(
        of, lr=lr, betas=betas(o), eps=eps(o, 1e-8), weight_decay=float(o.get("decay", 0.01))
    ),
}


def schedule(optimizer, text):
    name, *numbers = text.split("/")
    of = torch.optim.lr_scheduler
    if name == "step":
        gamma = float(numbers[1]) if len(numbers) > 1 else 0.1
        return of.StepLR(optimizer, int(numbers[0]), gamma)
    if name == "exponential":
        return of.ExponentialLR(optimizer, float(numbers[0]))
    if name == "cosine":
        return of.CosineAnnealingLR(optimizer, int(numbers[0]))
    if name == "warmup":
        steps = int(numbers[0])
        return of.LinearLR(optimizer, start_factor=1 / steps, total_iters=steps - 1)
    raise ValueError(text)


def iterates(program, run):
    """The parameters after each update; options are read from the run's text."""
    rule, _, rest = run.partition(":")
    rate, *options = rest.split(";")
    options = dict(option.split("=") for option in options)
    start, loss = PROGRAMS[program]
    params = [torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in start]
    decay = {"weight_decay": float(options["l2"])} if "l2" in options else {}
    optimizer = OPTIMIZERS[rule](params, options, lr=float(rate), **decay)
    scheduler = schedule(optimizer, options["schedule"]) if "schedule" in options else None
    for _ in range(UPDATES):
        optimizer.zero_grad()
        loss(*params).backward()
        if "clip" in options:
            torch.nn.utils.clip_grad_norm_(params, float(options["clip"]))
        if "l1" in options:
            for param in params:
                param.grad += float(options["l1"]) * torch.sign(param.detach())
        optimizer.step()
        if scheduler:
            scheduler.step()
        yield [param.item() for param in params]


RUNS = {
    PARABOLA: [
        "gd:0.1",
        "momentum:0.02",
        "nesterov:0.02",
        "adagrad:0.5",
        "rmsprop:0.05",
        "adam:0.1",
        "adamw:0.1",
        "gd:0.1;l1=0.5",
    ],
    ROSENBROCK: [
        "gd:0.0005",
        "momentum:0.0005",
        "nesterov:0.0005",
        "adagrad:0.5",
        "rmsprop:0.01",
        "adam:0.1",
        "adamw:0.1",
        "gd:0.001;schedule=step/30",
        "adam:0.1;schedule=step/20/0.5",
        "gd:0.001;schedule=exponential/0.98",
        "adam:0.1;schedule=exponential/0.98",
        "gd:0.001;schedule=cosine/60",
        "adam:0.1;schedule=cosine/100",
        "gd:0.0005;schedule=warmup/10",
        "adam:0.1;schedule=warmup/25",
        "gd:0.01;clip=1",
        "adam:0.05;clip=5",
        "gd:0.0005;l2=0.5",
        "adam:0.1;l2=0.5",
        "adam:0.1;l1=0.5",
        "momentum:0.0005;beta=0.5",
        "nesterov:0.0005;beta=0.5",
        "adagrad:0.5;eps=0.1",
        "rmsprop:0.01;rho=0.99;eps=0.1",
        "adam:0.1;beta1=0.8;beta2=0.9;eps=0.01",
        "adamw:0.1;decay=0.5",
        "momentum:0.0005;beta=0.8;schedule=cosine/80;clip=20;l1=0.1;l2=0.1",
    ],
}


def main():
    torch.set_num_threads(1)
    print(json.dumps({"torch": torch.__version__, "python": platform.python_version()}))
    for program, runs in RUNS.items():
        for run in runs:
            line = {"program": program, "run": run, "iterates": list(iterates(program, run))}
            print(json.dumps(line, allow_nan=False))


main()
