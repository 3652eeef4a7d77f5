"""Reference numbers of the aggregators, in float64 with PyTorch from the formulas of their papers.

    /usr/bin/python3 test/golden/aggregators/make.py

writes aggregators.json beside this file. Nothing is shared with the product: sequences are padded and joined,
matrices multiplied from the left, convolutions done one by one. Parameters and bags are not stored: both sides
compute them with `numbers`. Of each gradient two numbers are kept: its sum of squares and its product with a wave.
"""
import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)

FEATURES, HIDDEN, ATTENTION = 4, 8, 3
TOP_K, SHARPNESS = 3, 5.0
CLUSTER, CLUSTER_WEIGHT = 3, 0.3
PSEUDO_BAGS, BRANCHES, MASK_TOP, HEADS = 3, 3, 4, 8
FAR = -1e9


def numbers(shape, key, scale):
    count = math.prod(shape)
    return torch.tensor([scale * math.sin(0.37 * (i + 1) ** 2 + 0.9 * key) for i in range(count)]).reshape(shape)


def linear(x, p, name):
    bias = p.get(f"{name}.bias")
    y = x @ p[f"{name}.weight"].T
    return y if bias is None else y + bias


def layer(name, inputs, outputs, bias=True):
    return {f"{name}.weight": (outputs, inputs), **({f"{name}.bias": (outputs,)} if bias else {})}


def gated_layers(v, u, w, heads=1):
    return {**layer(v, HIDDEN, ATTENTION), **layer(u, HIDDEN, ATTENTION), **layer(w, ATTENTION, heads)}


def gated(h, p, v, u, w):
    return linear(torch.tanh(linear(h, p, v)) * torch.sigmoid(linear(h, p, u)), p, w)


def weighted_mean(h, weights):
    return (weights.unsqueeze(1) * h).sum(0)


def result(bag, instance, attention, own=None):
    return {"bag": bag, "instance": instance, "attention": attention, "own": own}


def bag_loss(logits, y, labels):
    if labels == "any":
        return F.binary_cross_entropy_with_logits(logits, y)
    return F.cross_entropy(logits.unsqueeze(0), y.argmax().unsqueeze(0))


# DSMIL (Li et al. 2021)
def dsmil_shapes(c):
    return {
        **layer("i_classifier.fc.0", FEATURES, c),
        **layer("b_classifier.lin.0", FEATURES, FEATURES),
        **layer("b_classifier.q.0", FEATURES, ATTENTION),
        **layer("b_classifier.v.1", FEATURES, FEATURES),
        "b_classifier.fcc.weight": (c, c, FEATURES),
        "b_classifier.fcc.bias": (c,),
    }


def dsmil(x, p, c, **_):
    scores = linear(x, p, "i_classifier.fc.0")
    f = torch.relu(linear(x, p, "b_classifier.lin.0"))
    v = linear(f, p, "b_classifier.v.1")
    q = torch.tanh(linear(f, p, "b_classifier.q.0"))
    critical = q[scores.argmax(0)]
    a = torch.softmax(q @ critical.T / math.sqrt(ATTENTION), 0)
    b = a.T @ v
    return result(F.conv1d(b.unsqueeze(0), p["b_classifier.fcc.weight"], p["b_classifier.fcc.bias"]).reshape(-1), scores, a)


# ABMIL (Ilse et al. 2018, eq. 7-9)
def abmil_shapes(c):
    return {**layer("feature_extractor_part2.0", FEATURES, HIDDEN), **layer("attention.0", HIDDEN, ATTENTION), **layer("attention.2", ATTENTION, 1), **layer("classifier.0", HIDDEN, c)}


def abmil(x, p, c, **_):
    h = torch.relu(linear(x, p, "feature_extractor_part2.0"))
    a = torch.softmax(linear(torch.tanh(linear(h, p, "attention.0")), p, "attention.2"), 0)
    return result(linear(weighted_mean(h, a[:, 0]), p, "classifier.0"), linear(h, p, "classifier.0"), a)


def gated_abmil_shapes(c):
    return {**layer("feature_extractor_part2.0", FEATURES, HIDDEN), **gated_layers("attention_V.0", "attention_U.0", "attention_w"), **layer("classifier.0", HIDDEN, c)}


def gated_abmil(x, p, c, **_):
    h = torch.relu(linear(x, p, "feature_extractor_part2.0"))
    a = torch.softmax(gated(h, p, "attention_V.0", "attention_U.0", "attention_w"), 0)
    return result(linear(weighted_mean(h, a[:, 0]), p, "classifier.0"), linear(h, p, "classifier.0"), a)


# CLAM (Lu et al. 2021)
def clam_shapes(c, multiple):
    net = "attention_net.3.attention_"
    return {
        **layer("attention_net.0", FEATURES, HIDDEN),
        **gated_layers(net + "a.0", net + "b.0", net + "c", c if multiple else 1),
        **({k: s for i in range(c) for k, s in layer(f"classifiers.{i}", HIDDEN, 1).items()} if multiple else layer("classifiers", HIDDEN, c)),
        **{k: s for i in range(c) for k, s in layer(f"instance_classifiers.{i}", HIDDEN, 2).items()},
    }


def smooth_svm(s, target):
    """Berrada et al. 2018, eq. 9 with k = 1, tau = 1, alpha = 1, mean over rows."""
    delta = 1.0 - F.one_hot(torch.tensor(target), 2)
    return (torch.logsumexp(s + delta, 1) - s[:, target]).mean()


def clam(x, p, c, y, multiple, out_of_class=True, **_):
    h = torch.relu(linear(x, p, "attention_net.0"))
    scores = gated(h, p, *(f"attention_net.3.attention_{part}" for part in ("a.0", "b.0", "c")))
    a = torch.softmax(scores, 0)
    own = torch.zeros(())
    size = min(CLUSTER, len(x) // 2)
    bag, instance = [], []
    for k in range(c):
        branch = k if multiple else 0
        name = f"classifiers.{k}" if multiple else "classifiers"
        bag.append(linear(weighted_mean(h, a[:, branch]), p, name)[0 if multiple else k])
        instance.append(linear(h, p, name)[:, 0 if multiple else k])
        if size == 0:
            continue
        order = scores[:, branch].argsort(descending=True)
        most, least = (linear(h[ids], p, f"instance_classifiers.{k}") for ids in (order[:size], order[-size:]))
        if y[k] == 1:
            own = own + (smooth_svm(most, 1) + smooth_svm(least, 0)) / 2
        elif out_of_class:
            own = own + smooth_svm(most, 0)
    own = own / (c if out_of_class else 1) * CLUSTER_WEIGHT / (1 - CLUSTER_WEIGHT)
    return result(torch.stack(bag), torch.stack(instance, 1), a, own)


# TransMIL (Shao et al. 2021), Nystroem attention (Xiong et al. 2021)
def trans_layer(name):
    return {
        f"{name}.norm.weight": (HIDDEN,),
        f"{name}.norm.bias": (HIDDEN,),
        **layer(f"{name}.attn.to_qkv", HIDDEN, 3 * HIDDEN, bias=False),
        **layer(f"{name}.attn.to_out.0", HIDDEN, HIDDEN),
        f"{name}.attn.res_conv.weight": (HEADS, 1, 33, 1),
    }


def transmil_shapes(c):
    pyramid = {f"pos_layer.{n}.weight": (HIDDEN, 1, e, e) for n, e in (("proj", 7), ("proj1", 5), ("proj2", 3))}
    return {
        **layer("_fc1.0", FEATURES, HIDDEN),
        "cls_token": (1, 1, HIDDEN),
        **trans_layer("layer1"),
        **pyramid,
        **{f"pos_layer.{n}.bias": (HIDDEN,) for n in ("proj", "proj1", "proj2")},
        **trans_layer("layer2"),
        "norm.weight": (HIDDEN,),
        "norm.bias": (HIDDEN,),
        **layer("_fc2", HIDDEN, c),
    }


def norm(x, p, name):
    return F.layer_norm(x, (HIDDEN,), p[f"{name}.weight"], p[f"{name}.bias"])


def inverse(a):
    absolute = a.abs()
    z = a.transpose(1, 2) / (absolute.sum(-1).max() * absolute.sum(-2).max())
    eye = torch.eye(a.shape[1])
    for _ in range(6):
        az = a @ z
        z = 0.25 * z @ (13 * eye - az @ (15 * eye - az @ (7 * eye - az)))
    return z


def nystrom(x, p, name):
    """x [n, D] -> [n, D], and the whole attention of the heads' mean [n, n]."""
    n, m, d = len(x), HIDDEN // 2, HIDDEN // HEADS
    padding = (m - n % m) % m
    padded = torch.cat([torch.zeros(padding, HIDDEN), x])
    q, k, v = (part.reshape(n + padding, HEADS, d).transpose(0, 1) for part in linear(padded, p, f"{name}.to_qkv").chunk(3, 1))
    q = q * d**-0.5
    marks = lambda t: torch.stack([group.mean(1) for group in t.chunk(m, 1)], 1)
    soft = lambda s: torch.softmax(s, -1)
    ql, kl = marks(q), marks(k)
    attention = soft(q @ kl.transpose(1, 2)) @ inverse(soft(ql @ kl.transpose(1, 2))) @ soft(ql @ k.transpose(1, 2))
    out = attention @ v + F.conv2d(v.unsqueeze(0), p[f"{name}.res_conv.weight"], padding=(16, 0), groups=HEADS)[0]
    out = linear(out.transpose(0, 1).reshape(n + padding, HIDDEN), p, f"{name}.to_out.0")
    return out[padding:], attention.mean(0)[padding:, padding:]


def transmil(x, p, c, **_):
    n = len(x)
    h = torch.relu(linear(x, p, "_fc1.0"))
    side = math.ceil(math.sqrt(n))
    tokens = torch.cat([p["cls_token"][0], h, h[: side * side - n]])
    tokens = tokens + nystrom(norm(tokens, p, "layer1.norm"), p, "layer1.attn")[0]
    square = tokens[1:].T.reshape(1, HIDDEN, side, side)
    encoded = square + sum(F.conv2d(square, p[f"pos_layer.{n}.weight"], p[f"pos_layer.{n}.bias"], padding=e // 2, groups=HIDDEN) for n, e in (("proj", 7), ("proj1", 5), ("proj2", 3)))
    tokens = torch.cat([tokens[:1], encoded[0].reshape(HIDDEN, -1).T])
    out, attention = nystrom(norm(tokens, p, "layer2.norm"), p, "layer2.attn")
    logits = linear(norm(tokens + out, p, "norm"), p, "_fc2")
    taken = torch.relu(attention[0, 1 : n + 1]) + 1e-12
    return result(logits[0], logits[1 : n + 1], (taken / taken.sum()).unsqueeze(1))


# DTFD-MIL (Zhang et al. 2022)
def dtfd_shapes(c):
    g = lambda prefix: gated_layers(f"{prefix}.attention_V.0", f"{prefix}.attention_U.0", f"{prefix}.attention_weights")
    return {**layer("dimReduction.fc1", FEATURES, HIDDEN, bias=False), **g("attention"), **layer("classifier.fc", HIDDEN, c), **g("attCls.attention"), **layer("attCls.classifier.fc", HIDDEN, c)}


def dtfd(x, p, c, y, labels, distillation, **_):
    names = lambda prefix: (f"{prefix}.attention_V.0", f"{prefix}.attention_U.0", f"{prefix}.attention_weights")
    h = torch.relu(linear(x, p, "dimReduction.fc1"))
    n = len(x)
    features, losses, shares = [], [], []
    for m in range(PSEUDO_BAGS):
        ids = list(range(m, n, PSEUDO_BAGS)) or [m % n]
        part = h[ids]
        a = torch.softmax(gated(part, p, *names("attention"))[:, 0], 0)
        embedding = weighted_mean(part, a)
        losses.append(bag_loss(linear(embedding, p, "classifier.fc"), y, labels))
        share = torch.zeros(n)
        if distillation == "afs":
            features.append(embedding)
            share[ids] = a.detach()
        else:
            activation = a.unsqueeze(1) * (part @ p["classifier.fc.weight"].T)
            chosen = activation.max(1).values.argmax()
            features.append(part[chosen])
            share[ids[chosen]] = 1.0
        shares.append(share)
    features = torch.stack(features)
    a = torch.softmax(gated(features, p, *names("attCls.attention"))[:, 0], 0)
    bag = linear(weighted_mean(features, a), p, "attCls.classifier.fc")
    attention = (a.unsqueeze(1) * torch.stack(shares)).sum(0).unsqueeze(1)
    return result(bag, linear(h, p, "classifier.fc"), attention, sum(losses) / PSEUDO_BAGS)


# ACMIL (Zhang et al. 2024)
def acmil_shapes(c):
    return {
        **layer("dimreduction.fc1", FEATURES, HIDDEN, bias=False),
        **gated_layers("attention.attention_V.0", "attention.attention_U.0", "attention.attention_weights", BRANCHES),
        **{k: s for i in range(BRANCHES) for k, s in layer(f"classifier.{i}.fc", HIDDEN, c).items()},
        **layer("Slide_classifier.fc", HIDDEN, c),
    }


def masked_ranks(n):
    """Which ranks of each branch are masked: here one after another, in the product by chance."""
    top = min(MASK_TOP, n)
    return [sorted((branch + i) % top for i in range(int(top * 0.6))) for branch in range(BRANCHES)]


def acmil(x, p, c, y, labels, training, **_):
    h = torch.relu(linear(x, p, "dimreduction.fc1"))
    scores = gated(h, p, "attention.attention_V.0", "attention.attention_U.0", "attention.attention_weights").T
    if training:
        for branch, ranks in enumerate(masked_ranks(len(x))):
            ids = scores[branch].argsort(descending=True)[ranks]
            scores = scores.clone()
            scores[branch, ids] = FAR
    a = torch.softmax(scores, 1)
    own = sum(bag_loss(linear(weighted_mean(h, a[i]), p, f"classifier.{i}.fc"), y, labels) for i in range(BRANCHES)) / BRANCHES
    pairs = [(i, j) for i in range(BRANCHES) for j in range(i + 1, BRANCHES)]
    own = own + sum(F.cosine_similarity(a[i], a[j], dim=0) for i, j in pairs) / len(pairs)
    mean = a.mean(0)
    return result(linear(weighted_mean(h, mean), p, "Slide_classifier.fc"), linear(h, p, "Slide_classifier.fc"), mean.unsqueeze(1), own)


# Poolings of instance logits
def pooling_shapes(c):
    return layer("classifier.0", FEATURES, c)


def pooling(x, p, c, how, **_):
    s = linear(x, p, "classifier.0")
    if how == "max":
        return result(s.max(0).values, s, F.one_hot(s.argmax(0), len(x)).T.double())
    if how == "mean":
        return result(s.mean(0), s, torch.full_like(s, 1 / len(x)))
    if how == "lse":
        return result((torch.logsumexp(SHARPNESS * s, 0) - math.log(len(x))) / SHARPNESS, s, torch.softmax(SHARPNESS * s, 0))
    top = s.topk(min(TOP_K, len(x)), 0)
    return result(top.values.mean(0), s, torch.zeros_like(s).scatter(0, top.indices, 1 / len(top.indices)))


AGGREGATORS = [
    ("dsmil", {}, dsmil_shapes, dsmil),
    ("abmil", {}, abmil_shapes, abmil),
    ("gated-abmil", {}, gated_abmil_shapes, gated_abmil),
    ("clam-sb", {}, lambda c: clam_shapes(c, False), lambda *a, **k: clam(*a, **k, multiple=False)),
    ("clam-mb", {}, lambda c: clam_shapes(c, True), lambda *a, **k: clam(*a, **k, multiple=True)),
    ("clam-mb", {"clam": {"clusterSize": CLUSTER, "outOfClass": False}}, lambda c: clam_shapes(c, True), lambda *a, **k: clam(*a, **k, multiple=True, out_of_class=False)),
    ("transmil", {}, transmil_shapes, transmil),
    ("dtfd", {}, dtfd_shapes, lambda *a, **k: dtfd(*a, **k, distillation="afs")),
    ("dtfd", {"dtfd": {"pseudoBags": PSEUDO_BAGS, "distillation": "max"}}, dtfd_shapes, lambda *a, **k: dtfd(*a, **k, distillation="max")),
    ("acmil", {}, acmil_shapes, acmil),
    *((kind, {}, pooling_shapes, lambda *a, how=kind, **k: pooling(*a, **k, how=how)) for kind in ("max", "mean", "top-k", "lse")),
]
QUESTIONS = [("any", [1.0]), ("any", [0.0]), ("one", [0.0, 1.0, 0.0]), ("any", [1.0, 0.0, 1.0])]


def rounded(t):
    return [float(f"{v:.9g}") for v in t.detach().reshape(-1).tolist()]


def case(kind, options, shapes, forward, labels, label, instances):
    c = len(label)
    y = torch.tensor(label)
    named = shapes(c)
    p = {name: numbers(named[name], key, 0.7).requires_grad_() for key, name in enumerate(sorted(named))}
    x = numbers((instances, FEATURES), 100 + instances, 1.5)
    scored = forward(x, p, c, y=y, labels=labels, training=False)
    trained = forward(x, p, c, y=y, labels=labels, training=True)
    loss = bag_loss(trained["bag"], y, labels) + (0 if trained["own"] is None else trained["own"])
    loss.backward()
    gradients = {}
    for name in sorted(p):
        g = p[name].grad if p[name].grad is not None else torch.zeros_like(p[name])
        wave = torch.tensor([math.sin(3 * i + 1) for i in range(g.numel())])
        gradients[name] = rounded(torch.stack([(g**2).sum(), (g.reshape(-1) * wave).sum()]))
    return {
        "kind": kind,
        "options": options,
        "labels": labels,
        "label": label,
        "instances": instances,
        **({"masked": masked_ranks(instances)} if kind == "acmil" else {}),
        "bagLogits": rounded(scored["bag"]),
        "instanceLogits": rounded(scored["instance"]),
        "attention": rounded(scored["attention"]),
        "loss": rounded(loss)[0],
        "gradients": gradients,
    }


if __name__ == "__main__":
    cases = [case(*aggregator, labels, label, instances) for aggregator in AGGREGATORS for labels, label in QUESTIONS for instances in (1, 2, 11)]
    sizes = {"featureSize": FEATURES, "hidden": HIDDEN, "attention": ATTENTION, "pooling": {"highest": TOP_K, "sharpness": SHARPNESS}, "clam": {"clusterSize": CLUSTER}, "dtfd": {"pseudoBags": PSEUDO_BAGS}, "acmil": {"branches": BRANCHES, "maskFrom": MASK_TOP}}
    lines = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in cases)
    Path(__file__).with_name("aggregators.json").write_text(f'{{"sizes":{json.dumps(sizes)},\n"cases":[\n{lines}\n]}}\n')
    print(len(cases), "cases")
