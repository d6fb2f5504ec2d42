using System.Text.RegularExpressions;
using FluentValidation;
using FluentValidation.Validators;

namespace Loyalty.Web;

/// <summary>Validation rules of this API that FluentValidation lacks; they show in the OpenAPI document as well.</summary>
public static class Rules
{
    /// <summary>The pattern matches the whole value.</summary>
    public static IRuleBuilderOptions<T, string?> Pattern<T>(this IRuleBuilder<T, string?> rule, string pattern) =>
        rule.SetValidator(new WholePattern<T>(pattern));

    /// <summary>The list has that many items.</summary>
    public static IRuleBuilderOptions<T, IEnumerable<TItem>?> Items<T, TItem>(this IRuleBuilder<T, IEnumerable<TItem>?> rule, int min, int max) =>
        rule.SetValidator(new ItemCount<T, TItem>(min, max));
}

internal sealed class WholePattern<T>(string pattern) : PropertyValidator<T, string?>, IRegularExpressionValidator
{
    // Note: $ would also match before a line feed at the end; \z would not be understood outside of .NET.
    private readonly Regex whole = new($@"^(?:{pattern})\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    public override string Name => nameof(WholePattern<T>);

    public string Expression => $"^(?:{pattern})$";

    public override bool IsValid(ValidationContext<T> context, string? value) => value is null || whole.IsMatch(value);

    protected override string GetDefaultMessageTemplate(string errorCode) => $"'{{PropertyName}}' must match {pattern}.";
}

/// <summary>A rule on the number of items, as the OpenAPI document reads it.</summary>
internal interface IItemCount
{
    int Min { get; }
    int Max { get; }
}

internal sealed class ItemCount<T, TItem>(int min, int max) : PropertyValidator<T, IEnumerable<TItem>?>, IItemCount
{
    public override string Name => nameof(ItemCount<T, TItem>);

    public int Min => min;

    public int Max => max;

    public override bool IsValid(ValidationContext<T> context, IEnumerable<TItem>? value)
    {
        var count = value?.Count() ?? min;
        return count >= min && count <= max;
    }

    protected override string GetDefaultMessageTemplate(string errorCode) => $"'{{PropertyName}}' must have {min} to {max} items.";
}
