"""The time that torch.autograd.gradcheck takes for the toy net, in milliseconds: one number for each repetition."""
import sys
import time

import torch

repetitions = int(sys.argv[1])
torch.set_num_threads(1)
torch.manual_seed(0)
N, D, H, C = 5, 4, 10, 3
double = dict(dtype=torch.float64, requires_grad=True)
X, W1, b1, W2, b2 = (torch.randn(*shape, **double) for shape in ((N, D), (D, H), (H,), (H, C), (C,)))
labels = torch.randint(0, C, (N,))


def loss(X, W1, b1, W2, b2):
    hidden = torch.relu(X @ W1 + b1)
    cross_entropy = torch.nn.functional.cross_entropy(hidden @ W2 + b2, labels)
    return cross_entropy + 0.1 * (W1 ** 2).sum() + 0.1 * (W2 ** 2).sum()


for _ in range(repetitions):
    started = time.perf_counter()
    torch.autograd.gradcheck(loss, (X, W1, b1, W2, b2))
    print(1000 * (time.perf_counter() - started))
