"""help() has something to say about everything that lutist offers."""

import lutist


def test_every_public_name_is_documented():
    public = {name: getattr(lutist, name) for name in lutist.__all__}
    public.update({f"Image.{k}": v for k, v in vars(lutist.Image).items() if k[0] != "_"})
    assert "Image.save" in public
    assert [name for name, value in public.items() if not value.__doc__] == []
