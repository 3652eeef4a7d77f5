"""The losses of the bench in PyTorch."""

import torch
from torch.nn import functional as F


def pair_loss(positive, negative, weights):
    """The loss of DSMIL with the ranking term on a pair of (instance logits, bag logit)."""

    def balanced(of_positive, of_negative):
        one, zero = torch.ones_like(of_positive), torch.zeros_like(of_negative)
        return (F.binary_cross_entropy_with_logits(of_positive, one) + F.binary_cross_entropy_with_logits(of_negative, zero)) / 2

    def top(logits):
        return logits.topk(min(weights["topK"], len(logits))).values.mean()

    bag = balanced(positive[1], negative[1])
    instance = balanced(positive[0].max(), negative[0].max())
    ranking = F.relu(weights["margin"] - top(positive[0]) + top(negative[0]))
    return weights["bag"] * bag + weights["instance"] * instance + weights["ranking"] * ranking


def supcon_loss(projections, labels, temperature):
    """Supervised contrast of two views: projections are all first views, then all second ones."""
    z = F.normalize(projections)
    label = torch.cat([labels, labels])
    itself = torch.eye(len(z), dtype=torch.bool, device=z.device)
    similarity = (z @ z.T / temperature).masked_fill(itself, float("-inf"))
    log_probability = (similarity - similarity.logsumexp(1, keepdim=True)).masked_fill(itself, 0)
    partners = (label[:, None] == label[None]) & ~itself
    return -((log_probability * partners).sum(1) / partners.sum(1)).mean()
