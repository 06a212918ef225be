import flax.linen as nn
import jax
import jax.numpy as jnp


class MyDropout(nn.Module):
    rate: float
    broadcast_dims: tuple = ()

    @nn.compact
    def __call__(self, x, deterministic=False):
        if deterministic or self.rate == 0:
            return x
        if self.rate == 1:
            return jnp.zeros_like(x)
        keep = 1.0 - self.rate
        shape = [1 if d in self.broadcast_dims else n for d, n in enumerate(x.shape)]
        mask = jax.random.bernoulli(self.make_rng("dropout"), keep, shape)
        return jnp.where(mask, x / keep, 0)


class StochasticDepth(nn.Module):
    rate: float
    form: str = "select"

    @nn.compact
    def __call__(self, x, deterministic=False):
        if deterministic or self.rate == 0:
            return x
        key, keep = self.make_rng("dropout"), 1 - self.rate
        if self.form == "select":
            return jnp.where(jax.random.bernoulli(key, keep), x / keep, 0)
        if self.form == "scenic":
            return x * (1 - jax.random.bernoulli(key, self.rate).astype(x.dtype))
        return x / keep * jnp.floor(keep + jax.random.uniform(key, (), x.dtype))


class GaussianNoise(nn.Module):
    stddev: float

    @nn.compact
    def __call__(self, x, deterministic=False):
        if deterministic or self.stddev == 0:
            return x
        return x + self.stddev * jax.random.normal(self.make_rng("dropout"), x.shape, x.dtype)


class GaussianDropout(nn.Module):
    rate: float

    @nn.compact
    def __call__(self, x, deterministic=False):
        if deterministic or self.rate == 0:
            return x
        stddev = (self.rate / (1 - self.rate)) ** 0.5
        return x * (1 + stddev * jax.random.normal(self.make_rng("dropout"), x.shape, x.dtype))


class UniformNoise(nn.Module):
    low: float
    high: float

    @nn.compact
    def __call__(self, x, deterministic=False):
        if deterministic or self.low == self.high == 0:
            return x
        return x + jax.random.uniform(self.make_rng("dropout"), x.shape, x.dtype, self.low, self.high)


class Scale(nn.Module):
    stddev: float

    @nn.compact
    def __call__(self, x, deterministic=False):
        if deterministic or self.stddev == 0:
            return x
        return x * (1 + self.stddev * jax.random.normal(self.make_rng("dropout"), (), x.dtype))


class Mask(nn.Module):
    rate: float
    fill: float = 0.0

    @nn.compact
    def __call__(self, x, deterministic=False):
        if deterministic or self.rate == 0:
            return x
        mask = jax.random.bernoulli(self.make_rng("dropout"), self.rate, x.shape)
        return jnp.where(mask, self.fill, x)


class Erase(nn.Module):
    size: tuple
    fill: float = 0.0

    @nn.compact
    def __call__(self, x, deterministic=False):
        if deterministic or 0 in self.size:
            return x
        free = jnp.array(x.shape) - jnp.array(self.size)
        start = jax.random.randint(self.make_rng("dropout"), (x.ndim,), 0, free + 1, jnp.int32)
        return jax.lax.dynamic_update_slice(x, jnp.full(self.size, self.fill, x.dtype), start)


class Crop(nn.Module):
    size: tuple

    @nn.compact
    def __call__(self, x, deterministic=False):
        if deterministic:
            return x
        free = jnp.array(x.shape) - jnp.array(self.size)
        start = jax.random.randint(self.make_rng("dropout"), (x.ndim,), 0, free + 1, jnp.int32)
        return jax.lax.dynamic_slice(x, start, self.size)


class Roll(nn.Module):
    max_shift: tuple

    @nn.compact
    def __call__(self, x, deterministic=False):
        if deterministic or not any(self.max_shift):
            return x
        limit = jnp.array(self.max_shift)
        shift = jax.random.randint(self.make_rng("dropout"), (x.ndim,), -limit, limit + 1, jnp.int32)
        return jnp.roll(x, shift, tuple(range(x.ndim)))


class Permute(nn.Module):
    axis: int = 0

    @nn.compact
    def __call__(self, x, deterministic=False):
        if deterministic:
            return x
        return jax.random.permutation(self.make_rng("dropout"), x, self.axis)


class Categorical(nn.Module):
    temperature: float = 1.0
    top_k: int = 0
    top_p: float = 1.0

    @nn.compact
    def __call__(self, logits, deterministic=False):
        if deterministic:
            index = jnp.argmax(logits)
        else:
            logits = self.filtered(jnp.where(jnp.isfinite(logits), logits / self.temperature, -jnp.inf))
            index = jax.random.categorical(self.make_rng("dropout"), logits)
        shifted = logits - jnp.max(logits)
        total = jnp.cumsum(jnp.exp(shifted))[-1]
        return index, (shifted - jnp.log(total))[index]

    def filtered(self, logits):
        if self.top_k == 0 and self.top_p == 1:
            return logits
        scores, indices = jax.lax.top_k(logits, min(self.top_k or logits.size, logits.size))
        if self.top_p < 1:
            total = jnp.cumsum(jnp.exp(scores - scores[0]))
            below = total < self.top_p * total[-1]
            kept = jnp.concatenate([jnp.ones(1, bool), below[:-1]])
            scores = jnp.where(kept, scores, -jnp.inf)
        return jnp.full_like(logits, -jnp.inf).at[indices].set(scores)


class Mixup(nn.Module):
    reference: jax.Array
    alpha: float = 1.0

    @nn.compact
    def __call__(self, x, deterministic=False):
        if deterministic:
            return x, None, None
        share_key, partner_key = jax.random.split(self.make_rng("dropout"))
        share = jax.random.uniform(share_key, (), x.dtype)  # Beta(1, 1)
        partner = jax.random.randint(partner_key, (), 0, len(self.reference), jnp.int32)
        y = share * x + (1 - share) * self.reference[partner].reshape(x.shape)
        return y, partner, share


class Sample(nn.Module):
    fraction: float

    @nn.compact
    def __call__(self):
        return jax.random.uniform(self.make_rng("dropout"), (), jnp.float32) < self.fraction


class Split(nn.Module):
    bounds: tuple

    @nn.compact
    def __call__(self):
        draw = jax.random.uniform(self.make_rng("dropout"), (), jnp.float32)
        return jnp.sum(draw >= jnp.array(self.bounds, jnp.float32))


class Model(nn.Module):
    make: object

    @nn.compact
    def __call__(self, *inputs):
        return self.make()(*inputs)


def apply_layer(make, key, x, deterministic=False):
    apply = lambda key, x: Model(make).apply({}, x, deterministic, rngs={"dropout": key})
    return jax.jit(apply)(key, x)
