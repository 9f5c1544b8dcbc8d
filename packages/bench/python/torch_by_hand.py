"""The step in PyTorch with its gradients written by hand, without autograd."""

import torch

REGULARIZATION = 1e-3
LEARNING_RATE = 0.1


def prepare(X, W1, b1, W2, b2, y, threads):
    torch.set_num_threads(threads)
    X, y = torch.from_numpy(X), torch.from_numpy(y).long()
    W1, b1, W2, b2 = map(torch.from_numpy, (W1, b1, W2, b2))
    N, H, C = len(X), len(b1), len(b2)
    rows = torch.arange(N)
    z1, dp1 = torch.empty(N, H), torch.empty(N, H)
    z2 = torch.empty(N, C)
    decay = 1 - 2 * LEARNING_RATE * REGULARIZATION
    last = [None]

    @torch.no_grad()
    def step(count):
        for _ in range(count):
            torch.addmm(b1, X, W1, out=z1)
            p1 = z1.relu_()
            torch.addmm(b2, p1, W2, out=z2)
            log_p = torch.log_softmax(z2, 1)
            entropy = -log_p[rows, y].mean()
            w1, w2 = W1.view(-1), W2.view(-1)
            last[0] = entropy + REGULARIZATION * (w1.dot(w1) + w2.dot(w2))
            dz2 = log_p.exp_()
            dz2[rows, y] -= 1
            dz2.div_(N)
            torch.mm(dz2, W2.t(), out=dp1)
            dz1 = dp1.mul_(p1 > 0)
            # W' = (1 - 2 lr reg) W - lr dW, in one pass with the product
            W2.addmm_(p1.t(), dz2, beta=decay, alpha=-LEARNING_RATE)
            W1.addmm_(X.t(), dz1, beta=decay, alpha=-LEARNING_RATE)
            b2.sub_(dz2.sum(0), alpha=LEARNING_RATE)
            b1.sub_(dz1.sum(0), alpha=LEARNING_RATE)

    return step, lambda: last[0].item()
